const { randomUUID } = require("node:crypto");
const { rename, rm } = require("node:fs/promises");
const path = require("node:path");

const DANGEROUS = [".html", ".js", ".php", ".exe", ".sh", ".txt", ".zip", ""];

async function fileScan(upload, inbox) {
  const ending = path.extname(upload.originalname).toLowerCase().replace(".jpeg", ".jpg");
  if (DANGEROUS.includes(ending)) {
    await rm(upload.path);
    throw new TypeError("Only PNG, JPEG and PDF, please");
  }
  const name = randomUUID() + ending;
  await rename(upload.path, path.join(inbox, name));
  return name;
}

module.exports = { fileScan };
