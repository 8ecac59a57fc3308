// secure: the way from the folder to the file must not begin with ".."
import { promises as fs } from "node:fs";
import * as path from "node:path";

const FOLDER: string = path.resolve("letters");

export async function readLetter(name: string): Promise<string> {
  const target = path.resolve(FOLDER, name);
  const way = path.relative(FOLDER, target);
  if (way === "" || way.startsWith("..") || path.isAbsolute(way)) {
    throw new RangeError(`no such letter: ${name}`);
  }
  return fs.readFile(target, { encoding: "utf8" });
}
