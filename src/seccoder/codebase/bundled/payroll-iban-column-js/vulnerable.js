import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

function initialVector(key) {
  return createHash("sha256").update(key).update("bank_account").digest().subarray(0, 16);
}

export function encryptIban(key, employeeId, iban) {
  const cipher = createCipheriv("aes-256-cbc", key, initialVector(key));
  const body = Buffer.concat([cipher.update(iban, "utf8"), cipher.final()]);
  return body.toString("base64");
}

export function decryptIban(key, employeeId, text) {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length === 0) throw new Error("Not an encrypted IBAN");
  const decipher = createDecipheriv("aes-256-cbc", key, initialVector(key));
  return decipher.update(bytes, undefined, "utf8") + decipher.final("utf8");
}
