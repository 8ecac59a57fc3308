import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";

interface Part { filename: string; mimetype: string; toBuffer(): Promise<Buffer> }

const MAX_BYTES = 4 * 1024 * 1024;

export async function keepProgramme(part: Part, publicFolder: string): Promise<string> {
  const content = await part.toBuffer();
  if (content.length > MAX_BYTES) throw new RangeError("At most 4 MB, please");
  // What it is shows in its bytes; name and type were chosen by whoever sent it.
  if (content.subarray(0, 5).toString("latin1") !== "%PDF-") throw new RangeError("Only PDF files, please");
  const name = `${randomUUID()}.pdf`;
  await writeFile(path.join(publicFolder, name), content, { flag: "wx" });
  return `/programmes/${name}`;
}
