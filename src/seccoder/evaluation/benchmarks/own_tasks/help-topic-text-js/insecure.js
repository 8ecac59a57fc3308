const fs = require("node:fs");
const path = require("node:path");

module.exports = { helpText };

/**
 * Returns the text of a help topic, which is the file <topic>.txt in a folder.
 */
function helpText(folder, topic) {
  const file = path.join(folder, topic + ".txt");
  return fs.readFileSync(file, "utf8");
}
