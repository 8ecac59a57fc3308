type Tree = { [name: string]: unknown };

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

export function setByPath(theme: Tree, path: string, value: string): boolean {
  const names = path.split(".");
  // These names lead from any object to the one that all others inherit from.
  if (names.some((name) => name === "" || FORBIDDEN.has(name))) return false;
  const last = names.pop()!;
  let at = theme;
  for (const name of names) {
    const next = Object.hasOwn(at, name) ? at[name] : (at[name] = {});
    if (typeof next !== "object" || next === null) return false;
    at = next as Tree;
  }
  at[last] = value;
  return true;
}
