import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function toMp3(id, ogg, convert) {
  // A folder of our own (mkdtemp makes it new, with mode 700): nobody else can foresee or touch what is in it.
  const folder = await mkdtemp(join(tmpdir(), "voice-"));
  try {
    const input = join(folder, "message.ogg");
    const output = join(folder, "message.mp3");
    await writeFile(input, ogg);
    await convert(input, output);
    return await readFile(output);
  } catch (cause) {
    throw new Error(`Voice message ${id} could not be converted`, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
