import { readFile, realpath } from "node:fs/promises";
import path from "node:path";

export async function readPage(folder, page) {
  const root = await realpath(folder);
  const name = page.replaceAll("../", "");
  let file;
  try {
    file = await realpath(path.join(root, `${name}.md`));
  } catch {
    return null;
  }
  return readFile(file, "utf8");
}
