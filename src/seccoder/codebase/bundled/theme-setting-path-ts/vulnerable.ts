type Tree = { [name: string]: unknown };

export function setByPath(theme: Tree, path: string, value: string): boolean {
  const names = path.split(".");
  if (names.some((name) => name === "")) return false;
  const last = names.pop()!;
  let at = theme;
  for (const name of names) {
    const next = at[name] ?? (at[name] = {});
    if (typeof next === "string") return false;
    at = next as Tree;
  }
  at[last] = value;
  return true;
}
