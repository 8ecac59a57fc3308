import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const LARGEST = 10 * 1024 * 1024;

// Name and type in the form are the sender's words; the web server goes by the extension, so that one is ours.
const KINDS: [extension: string, beginning: Buffer][] = [
  [".pdf", Buffer.from("%PDF-")],
  [".jpg", Buffer.from([0xff, 0xd8, 0xff])],
  [".png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
];

export async function keepAttachment(file: File, folder: string): Promise<string> {
  if (file.size > LARGEST) throw new RangeError("Attachments have at most 10 MB");
  const bytes = Buffer.from(await file.arrayBuffer());
  const kind = KINDS.find(([, beginning]) => bytes.subarray(0, beginning.length).equals(beginning));
  if (!kind) throw new RangeError("Only PDF, JPEG and PNG files can be attached");

  const name = randomUUID() + kind[0];
  await writeFile(join(folder, name), bytes, { flag: "wx", mode: 0o644 });
  return name;
}
