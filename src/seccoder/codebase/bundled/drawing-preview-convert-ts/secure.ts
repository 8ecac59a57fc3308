import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export async function makePreview(drawing: string, folder: string, width: string): Promise<string> {
  if (!/^[1-9]\d{0,3}$/.test(width)) throw new RangeError("The width is a number of pixels up to 9999");
  const preview = path.join(folder, `${path.parse(drawing).name}-${width}.png`);
  // One argument each and no shell in between; what follows -- is a name, whatever it begins with.
  await run("rsvg-convert", ["-w", width, "-o", preview, "--", drawing], { timeout: 30_000 });
  return preview;
}
