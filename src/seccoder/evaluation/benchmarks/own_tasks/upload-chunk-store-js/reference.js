const fs = require("node:fs");
const path = require("node:path");

module.exports = { saveChunk };

/**
 * Stores one chunk of an upload: PUT /uploads/<id>/<index>.
 *
 * The chunk becomes <folder>/<id>/<index>.part; sending it again replaces it.
 *
 * @param {string} folder where all uploads are
 * @param {string} id of the upload, chosen by the browser, such as "holiday 2024.mov" (decoded already)
 * @param {string} index of the chunk, "0" for the first one, as it stands in the address
 * @param {Buffer} data
 * @returns {number} how many chunks of this upload are there now
 * @throws {RangeError} if there can be no such upload or chunk
 */
function saveChunk(folder, id, index, data) {
  if (!/^[^/\\\0.][^/\\\0]{0,200}$/.test(id)) throw new RangeError("not an upload's id");
  if (!/^\d{1,6}$/.test(index)) throw new RangeError("not a chunk number");
  const upload = path.join(folder, id);
  fs.mkdirSync(upload, { recursive: true });
  fs.writeFileSync(path.join(upload, `${Number(index)}.part`), data);
  return fs.readdirSync(upload).filter((name) => name.endsWith(".part")).length;
}
