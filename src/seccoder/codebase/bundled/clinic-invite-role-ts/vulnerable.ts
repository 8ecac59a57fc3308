export type Role = "assistant" | "nurse" | "doctor" | "manager";

export interface Invitation {
  mail: string;
  role: Role;
  by: string;
}

const ROLES: readonly Role[] = ["assistant", "nurse", "doctor", "manager"];

export function invite(inviter: { mail: string; role: Role }, request: { mail: string; role: string }): Invitation {
  if (inviter.role !== "manager" && inviter.role !== "doctor") throw new Error("You cannot invite anybody");
  const role = ROLES.find((each) => each === request.role);
  if (role === undefined) throw new Error("There is no such role");
  if (!/^[^\s@]+@[^\s@]+$/.test(request.mail)) throw new RangeError("Not a mail address");
  return { mail: request.mail.toLowerCase(), role, by: inviter.mail };
}
