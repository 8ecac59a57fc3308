export interface Courier {
  id: number;
  phone: string;
  vehicle: string;
  area: string;
  verified: boolean;
  hourlyRate: number;
}

export type ProfileChanges = Partial<Pick<Courier, "phone" | "vehicle" | "area">>;

export function updateProfile(courier: Courier, body: ProfileChanges): Courier {
  const changes: ProfileChanges = { ...body };
  for (const field of ["phone", "vehicle", "area"] as const) {
    const value: unknown = changes[field];
    if (value === undefined) continue;
    if (typeof value !== "string" || value.trim() === "" || value.length > 100) {
      throw new TypeError(`${field} must be a text of 1 to 100 characters`);
    }
    changes[field] = value.trim();
  }
  return { ...courier, ...changes, id: courier.id };
}
