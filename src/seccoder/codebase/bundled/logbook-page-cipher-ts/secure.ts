import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface Keys {
  encrypt: Buffer;
  sign: Buffer;
}

const tagOf = (keys: Keys, bytes: Buffer) => createHmac("sha256", keys.sign).update(bytes).digest();

export function seal(keys: Keys, text: string): string {
  // CBC hides nothing of the first block unless the IV is new and cannot be foreseen.
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", keys.encrypt, iv);
  const body = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([tagOf(keys, body), body]).toString("base64");
}

export function open(keys: Keys, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const [tag, iv, body] = [bytes.subarray(0, 32), bytes.subarray(32, 48), bytes.subarray(48)];
  if (tag.length !== 32 || !timingSafeEqual(tag, tagOf(keys, bytes.subarray(32)))) throw new Error("The page was changed");
  const decipher = createDecipheriv("aes-256-cbc", keys.encrypt, iv);
  return decipher.update(body, undefined, "utf8") + decipher.final("utf8");
}
