const path = require("path");

function placeOf(folder, name) {
  const place = path.resolve(folder, name);
  if (!place.startsWith(path.resolve(folder) + path.sep)) {
    throw new Error(`the archive has a bad entry: ${name}`);
  }
  return place;
}

module.exports = { placeOf };
