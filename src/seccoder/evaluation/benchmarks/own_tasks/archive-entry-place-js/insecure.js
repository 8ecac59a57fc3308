const path = require("path");

function placeOf(folder, name) {
  return path.join(folder, name);
}

module.exports = { placeOf };
