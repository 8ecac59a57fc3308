import { createHash, timingSafeEqual } from "node:crypto";

export function hashPin(pin: string): string {
  return createHash("sha256").update(pin).digest("hex");
}

export function checkPin(pin: string, stored: string): boolean {
  const hash = Buffer.from(stored, "hex");
  if (hash.length !== 32) return false;
  return timingSafeEqual(createHash("sha256").update(pin).digest(), hash);
}
