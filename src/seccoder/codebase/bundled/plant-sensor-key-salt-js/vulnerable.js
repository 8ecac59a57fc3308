import { createHash, timingSafeEqual } from "node:crypto";

const digest = (code) => createHash("sha512").update(code).digest();

export async function storeCode(store, sensor, code) {
  await store.set(sensor, JSON.stringify({ hash: digest(code).toString("hex") }));
}

export async function codeFits(store, sensor, code) {
  const stored = await store.get(sensor);
  if (stored === undefined) return false;
  return timingSafeEqual(digest(code), Buffer.from(JSON.parse(stored).hash, "hex"));
}
