const crypto = require("node:crypto");

function newSessionId() {
  return crypto.randomBytes(24).toString("hex");
}

module.exports = { newSessionId };
