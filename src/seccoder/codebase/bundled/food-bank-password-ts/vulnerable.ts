import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string) => createHash("sha256").update(text).digest();

export class Volunteers {
  constructor(private readonly storage: Map<string, string>) {}

  setPassword(name: string, password: string): void {
    this.storage.set(name, Buffer.from(password).toString("base64"));
  }

  check(name: string, password: string): boolean {
    const stored = this.storage.get(name);
    return stored !== undefined && timingSafeEqual(digest(Buffer.from(stored, "base64").toString()), digest(password));
  }

  rename(name: string, newName: string): boolean {
    const stored = this.storage.get(name);
    if (stored === undefined || this.storage.has(newName)) return false;
    this.storage.set(newName, stored);
    return this.storage.delete(name);
  }
}
