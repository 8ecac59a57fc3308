const { randomUUID } = require("node:crypto");
const { open, rename, rm } = require("node:fs/promises");
const path = require("node:path");

const STARTS = [
  [Buffer.from("%PDF-"), ".pdf"],
  [Buffer.from("89504e470d0a1a0a", "hex"), ".png"],
  [Buffer.from("ffd8ff", "hex"), ".jpg"],
];

async function fileScan(upload, inbox) {
  const file = await open(upload.path);
  const { buffer } = await file.read({ buffer: Buffer.alloc(8), length: 8, position: 0 });
  await file.close();
  // The three types we want have their beginnings; names and declared types are the tenant's words.
  const ending = STARTS.find(([start]) => buffer.subarray(0, start.length).equals(start))?.[1];
  if (!ending) {
    await rm(upload.path);
    throw new TypeError("Only PNG, JPEG and PDF, please");
  }
  const name = randomUUID() + ending;
  await rename(upload.path, path.join(inbox, name));
  return name;
}

module.exports = { fileScan };
