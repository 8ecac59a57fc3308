import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function toMp3(id, ogg, convert) {
  const input = join(tmpdir(), `voice-${id}.ogg`);
  const output = join(tmpdir(), `voice-${id}.mp3`);
  try {
    await writeFile(input, ogg);
    await convert(input, output);
    return await readFile(output);
  } catch (cause) {
    throw new Error(`Voice message ${id} could not be converted`, { cause });
  } finally {
    await rm(input, { force: true });
    await rm(output, { force: true });
  }
}
