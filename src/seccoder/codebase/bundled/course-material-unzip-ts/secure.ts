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
    const target = path.resolve(root, entry.name);
    // The name comes from whoever made the zip: judged by where it leads, and with the separator at the end.
    if (!target.startsWith(root + path.sep)) {
      throw new Error(`Entry outside of the course: ${JSON.stringify(entry.name)}`);
    }
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
