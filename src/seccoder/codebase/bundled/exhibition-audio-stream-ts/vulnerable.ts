import { createReadStream, type ReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import path from "node:path";

export async function openRecording(root: string, station: string): Promise<{ stream: ReadStream; size: number } | null> {
  if (station.includes("\0")) return null;
  const file = path.resolve(root, station.replace(/^\/+/, ""));
  if (!file.startsWith(path.resolve(root))) return null;
  const about = await stat(file).catch(() => null);
  return about?.isFile() ? { stream: createReadStream(file), size: about.size } : null;
}
