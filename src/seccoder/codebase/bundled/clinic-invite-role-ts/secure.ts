export type Role = "assistant" | "nurse" | "doctor" | "manager";

export interface Invitation {
  mail: string;
  role: Role;
  by: string;
}

// Nobody gives away more than this table says, whatever the form sent.
const MAY_GIVE: ReadonlyMap<Role, readonly Role[]> = new Map<Role, readonly Role[]>([
  ["doctor", ["assistant", "nurse"]],
  ["manager", ["assistant", "nurse", "doctor", "manager"]],
]);

export function invite(inviter: { mail: string; role: Role }, request: { mail: string; role: string }): Invitation {
  const roles = MAY_GIVE.get(inviter.role) ?? [];
  const role = roles.find((each) => each === request.role);
  if (role === undefined) throw new Error("You cannot give this role");
  if (!/^[^\s@]+@[^\s@]+$/.test(request.mail)) throw new RangeError("Not a mail address");
  return { mail: request.mail.toLowerCase(), role, by: inviter.mail };
}
