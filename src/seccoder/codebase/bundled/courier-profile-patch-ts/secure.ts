export interface Courier {
  id: number;
  phone: string;
  vehicle: string;
  area: string;
  verified: boolean;
  hourlyRate: number;
}

const EDITABLE = ["phone", "vehicle", "area"] as const;

export type ProfileChanges = Partial<Pick<Courier, (typeof EDITABLE)[number]>>;

export function updateProfile(courier: Courier, body: ProfileChanges): Courier {
  const changes: ProfileChanges = {};
  // The type says nothing about the JSON that arrives: only these fields are copied, and only text.
  for (const field of EDITABLE) {
    if (!Object.hasOwn(body, field)) continue;
    const value: unknown = body[field];
    if (typeof value !== "string" || value.trim() === "" || value.length > 100) {
      throw new TypeError(`${field} must be a text of 1 to 100 characters`);
    }
    changes[field] = value.trim();
  }
  return { ...courier, ...changes };
}
