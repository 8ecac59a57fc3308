import { readFile, realpath } from "node:fs/promises";
import path from "node:path";

export async function readPage(folder, page) {
  const root = await realpath(folder);
  let file;
  try {
    file = await realpath(path.resolve(root, `${page}.md`));
  } catch {
    return null;
  }
  const inside = path.relative(root, file);
  // Asked of the path after dots and links are resolved: outside, it starts with ".." as a whole component.
  if (inside === ".." || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) {
    return null;
  }
  return readFile(file, "utf8");
}
