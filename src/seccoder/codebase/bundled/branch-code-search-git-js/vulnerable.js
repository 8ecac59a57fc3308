import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export async function searchBranch(repository, branch, text) {
  const options = ["grep", "-z", "-n", "-I", "-F", text, branch];
  let stdout;
  try {
    ({ stdout } = await run("git", options, { cwd: repository, maxBuffer: 16 * 1024 * 1024 }));
  } catch (error) {
    if (error.code === 1) return [];
    throw new Error(`Cannot search the branch ${JSON.stringify(branch)}`, { cause: error });
  }
  return stdout.split("\n").slice(0, -1).map((hit) => {
    const [place, line, content] = hit.split("\0");
    return { file: place.slice(place.indexOf(":") + 1), line: Number(line), content };
  });
}
