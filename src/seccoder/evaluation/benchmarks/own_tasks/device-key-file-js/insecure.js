const fs = require("node:fs");

module.exports = { saveKey };

/**
 * Writes the private key of a camera, a text, to a new file.
 */
function saveKey(file, key) {
  fs.writeFileSync(file, key);
}
