import { createReadStream, type ReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import path from "node:path";

export async function openRecording(root: string, station: string): Promise<{ stream: ReadStream; size: number } | null> {
  if (station.includes("\0")) return null;
  let file: string;
  try {
    file = await realpath(path.join(root, station));
  } catch {
    return null;
  }
  // Both are real paths now, without links and dots: what lies below the folder has no way up in its relative path.
  const inside = path.relative(await realpath(root), file);
  if (inside === "" || inside.split(path.sep)[0] === ".." || path.isAbsolute(inside)) return null;
  const about = await stat(file);
  return about.isFile() ? { stream: createReadStream(file), size: about.size } : null;
}
