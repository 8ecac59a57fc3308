const fs = require("node:fs");
const path = require("node:path");

module.exports = { helpText };

/**
 * Returns the text of a help topic, which is the file <topic>.txt in a folder.
 */
function helpText(folder, topic) {
  if (path.basename(topic) !== topic) throw new Error("no such topic");
  return fs.readFileSync(path.join(folder, `${topic}.txt`), "utf8");
}
