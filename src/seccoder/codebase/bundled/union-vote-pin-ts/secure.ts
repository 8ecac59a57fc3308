import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

const COST = { N: 2 ** 14, r: 8, p: 1 };

export function hashPin(pin: string): string {
  // A salt of its own for every PIN, and a function that is slow on purpose.
  const salt = randomBytes(16);
  return `${salt.toString("hex")}:${scryptSync(pin, salt, 32, COST).toString("hex")}`;
}

export function checkPin(pin: string, stored: string): boolean {
  const [salt, hash] = stored.split(":").map((part) => Buffer.from(part, "hex"));
  if (hash?.length !== 32) return false;
  return timingSafeEqual(scryptSync(pin, salt, 32, COST), hash);
}
