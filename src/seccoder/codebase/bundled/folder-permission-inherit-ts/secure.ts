type Right = "edit" | "view" | "none";
interface Folder {
  parent: string | null;
  grants: Record<string, Right>;
}

export function canEdit(folders: Map<string, Folder>, user: string, id: string): boolean {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !seen.has(at); ) {
    seen.add(at);
    const folder = folders.get(at);
    if (!folder) return false;
    // The nearest word counts: a right that was taken away here is not given back further up.
    if (Object.hasOwn(folder.grants, user)) return folder.grants[user] === "edit";
    at = folder.parent;
  }
  return false;
}
