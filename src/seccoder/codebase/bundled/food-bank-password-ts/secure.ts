import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

export class Volunteers {
  constructor(private readonly storage: Map<string, string>) {}

  setPassword(name: string, password: string): void {
    const salt = randomBytes(16);
    // What is stored lets a password be checked, and nothing else.
    this.storage.set(name, `${salt.toString("base64")} ${scryptSync(password, salt, 32).toString("base64")}`);
  }

  check(name: string, password: string): boolean {
    const [salt, hash] = (this.storage.get(name) ?? "").split(" ").map((part) => Buffer.from(part, "base64"));
    return hash?.length === 32 && timingSafeEqual(scryptSync(password, salt, 32), hash);
  }

  rename(name: string, newName: string): boolean {
    const stored = this.storage.get(name);
    if (stored === undefined || this.storage.has(newName)) return false;
    this.storage.set(newName, stored);
    return this.storage.delete(name);
  }
}
