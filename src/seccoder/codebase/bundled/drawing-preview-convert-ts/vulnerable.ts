import { exec } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(exec);

export async function makePreview(drawing: string, folder: string, width: string): Promise<string> {
  if (!(parseInt(width, 10) > 0 && parseInt(width, 10) < 10_000)) throw new RangeError("The width is a number of pixels up to 9999");
  const preview = path.join(folder, `${path.parse(drawing).name}-${width}.png`);
  await run(`rsvg-convert -w ${width} -o "${preview}" -- "${drawing}"`, { timeout: 30_000 });
  return preview;
}
