import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { extname, join } from "node:path";

const LARGEST = 10 * 1024 * 1024;
const TYPES = ["application/pdf", "image/jpeg", "image/png"];

export async function keepAttachment(file: File, folder: string): Promise<string> {
  if (file.size > LARGEST) throw new RangeError("Attachments have at most 10 MB");
  if (file.size === 0 || !TYPES.includes(file.type)) {
    throw new RangeError("Only PDF, JPEG and PNG files can be attached");
  }

  const name = randomUUID() + extname(file.name).toLowerCase();
  await writeFile(join(folder, name), Buffer.from(await file.arrayBuffer()), { flag: "wx", mode: 0o644 });
  return name;
}
