export type Role = "owner" | "editor" | "reader";

const ACTIONS = ["read", "comment", "edit", "share", "delete"];
const REACH: Record<Role, number> = { reader: 1, editor: 2, owner: 4 };

export function canDo(role: Role | null, action: string): boolean {
  if (role === null) return false;
  return ACTIONS.indexOf(action) <= REACH[role];
}
