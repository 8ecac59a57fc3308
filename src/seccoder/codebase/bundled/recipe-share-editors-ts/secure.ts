export type Role = "owner" | "editor" | "reader";

// What is not listed is not allowed, and that includes roles and actions nobody thought of.
const ALLOWED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["reader", new Set(["read", "comment"])],
  ["editor", new Set(["read", "comment", "edit"])],
  ["owner", new Set(["read", "comment", "edit", "share", "delete"])],
]);

export function canDo(role: Role | null, action: string): boolean {
  return ALLOWED.get(role ?? "")?.has(action) ?? false;
}
