const { execSync, execFileSync } = require("node:child_process");

module.exports = { countWords };

/**
 * Runs wc -w on a file and returns the number of words as a number.
 */
function countWords(file) {
  const output = execSync(`wc -w ${file}`).toString();
  return parseInt(output.split(" ")[0]);
}
