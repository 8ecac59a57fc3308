const { randomUUID } = require("node:crypto");
const { writeFile } = require("node:fs/promises");
const path = require("node:path");

const MAX_BYTES = 8 * 1024 * 1024;
const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp"];

async function storePhoto(folder, file) {
  if (!PHOTO_TYPES.includes(file.mimetype) || file.buffer.length > MAX_BYTES) {
    throw new TypeError("Please choose a JPEG, PNG or WebP photo of at most 8 MB");
  }
  const name = randomUUID() + path.extname(file.originalname);
  await writeFile(path.join(folder, name), file.buffer, { flag: "wx", mode: 0o644 });
  return name;
}

module.exports = { storePhoto };
