import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

export interface ZipEntry {
  name: string;
  read(): Promise<Uint8Array>;
}

export async function unpackCourse(entries: AsyncIterable<ZipEntry>, folder: string): Promise<string[]> {
  const root = path.resolve(folder);
  const files: string[] = [];
  for await (const entry of entries) {
    if (entry.name.startsWith("/") || entry.name.startsWith("..")) {
      throw new Error(`Entry outside of the course: ${JSON.stringify(entry.name)}`);
    }
    const target = path.join(root, entry.name);
    if (entry.name.endsWith("/")) {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, await entry.read(), { flag: "wx" });
    files.push(path.relative(root, target));
  }
  return files;
}
