const { execSync, execFileSync } = require("node:child_process");

module.exports = { countWords };

/**
 * Runs wc -w on a file and returns the number of words as a number.
 */
function countWords(file) {
  return parseInt(execFileSync("wc", ["-w", "--", file], { encoding: "utf8" }), 10);
}
