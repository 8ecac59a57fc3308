import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const NONCE = 12;
const TAG = 16;

export function encryptIban(key, employeeId, iban) {
  // A new nonce for every text: with one that comes back under the same key, GCM protects nothing any more.
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG });
  // The id is not in the text but belongs to it: copied to the row of somebody else, it can't be decrypted.
  cipher.setAAD(Buffer.from(`bank_account:${employeeId}`));
  const body = Buffer.concat([cipher.update(iban, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
}

export function decryptIban(key, employeeId, text) {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length < NONCE + TAG) throw new Error("Not an encrypted IBAN");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(`bank_account:${employeeId}`));
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  return decipher.update(bytes.subarray(NONCE + TAG), undefined, "utf8") + decipher.final("utf8");
}
