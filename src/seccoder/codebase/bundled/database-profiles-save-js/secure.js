import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export async function saveProfiles(folder, profiles) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.profiles-${randomUUID()}.tmp`);
  try {
    // Private from its first moment: a chmod after writing would be too late, and the old file's mode does not matter.
    await writeFile(draft, JSON.stringify(profiles, null, 2), { mode: 0o600, flag: "wx" });
    await rename(draft, join(folder, "profiles.json"));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

export async function loadProfiles(folder) {
  try {
    return JSON.parse(await readFile(join(folder, "profiles.json"), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}
