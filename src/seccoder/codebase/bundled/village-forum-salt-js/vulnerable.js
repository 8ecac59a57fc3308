import { createHash, pbkdf2Sync, timingSafeEqual } from "node:crypto";

const ROUNDS = 210_000;
const derive = (password, salt) => pbkdf2Sync(password.normalize("NFKC"), salt, ROUNDS, 32, "sha512");

export function makeHash(nickname, password) {
  if (password.toLowerCase().includes(nickname.toLowerCase())) throw new RangeError("Not your nickname, please");
  const salt = createHash("md5").update(nickname.toLowerCase()).digest();
  return Buffer.concat([salt, derive(password, salt)]).toString("base64url");
}

export function matches(nickname, password, stored) {
  const bytes = Buffer.from(stored, "base64url");
  return bytes.length === 48 && timingSafeEqual(derive(password, bytes.subarray(0, 16)), bytes.subarray(16));
}
