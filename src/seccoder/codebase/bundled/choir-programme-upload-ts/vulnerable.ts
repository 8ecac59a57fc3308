import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";

interface Part { filename: string; mimetype: string; toBuffer(): Promise<Buffer> }

const MAX_BYTES = 4 * 1024 * 1024;

export async function keepProgramme(part: Part, publicFolder: string): Promise<string> {
  const content = await part.toBuffer();
  if (content.length > MAX_BYTES) throw new RangeError("At most 4 MB, please");
  if (part.mimetype !== "application/pdf") throw new RangeError("Only PDF files, please");
  const name = `${randomUUID()}${path.extname(part.filename)}`;
  await writeFile(path.join(publicFolder, name), content, { flag: "wx" });
  return `/programmes/${name}`;
}
