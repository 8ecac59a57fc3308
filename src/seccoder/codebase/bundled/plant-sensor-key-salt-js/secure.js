import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const stretch = promisify(scrypt);

export async function storeCode(store, sensor, code) {
  const salt = randomBytes(16);
  // Slow on purpose, and different for each sensor: six digits are only a million guesses.
  const hash = await stretch(code, salt, 32);
  await store.set(sensor, JSON.stringify({ salt: salt.toString("hex"), hash: hash.toString("hex") }));
}

export async function codeFits(store, sensor, code) {
  const stored = await store.get(sensor);
  if (stored === undefined) return false;
  const { salt, hash } = JSON.parse(stored);
  return timingSafeEqual(await stretch(code, Buffer.from(salt, "hex"), 32), Buffer.from(hash, "hex"));
}
