const { randomUUID } = require("node:crypto");
const { writeFile } = require("node:fs/promises");
const path = require("node:path");

const MAX_BYTES = 8 * 1024 * 1024;

function photoType(content) {
  if (content.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "jpg";
  if (content.subarray(0, 8).equals(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"))) return "png";
  if (content.toString("latin1", 0, 4) === "RIFF" && content.toString("latin1", 8, 12) === "WEBP") return "webp";
  return null;
}

async function storePhoto(folder, file) {
  // Name and content type are the sender's claims; the ending, by which it will be served, is ours.
  const type = photoType(file.buffer);
  if (!type || file.buffer.length > MAX_BYTES) {
    throw new TypeError("Please choose a JPEG, PNG or WebP photo of at most 8 MB");
  }
  const name = `${randomUUID()}.${type}`;
  await writeFile(path.join(folder, name), file.buffer, { flag: "wx", mode: 0o644 });
  return name;
}

module.exports = { storePhoto };
