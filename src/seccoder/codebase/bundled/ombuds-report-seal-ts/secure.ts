import { constants, createCipheriv, createDecipheriv, privateDecrypt, publicEncrypt, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const WRAPPING = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
const TAG = { authTagLength: 16 };

export function seal(publicKey: string, report: string): string {
  // RSA holds only a key of 32 bytes; the report itself goes under that key, which is used this once.
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv(CIPHER, key, nonce, TAG);
  const body = Buffer.concat([cipher.update(report, "utf8"), cipher.final()]);
  const wrapped = publicEncrypt({ key: publicKey, ...WRAPPING }, key);
  return [wrapped, nonce, cipher.getAuthTag(), body].map((part) => part.toString("base64url")).join(".");
}

export function unseal(privateKey: string, sealed: string): string {
  const parts = sealed.split(".").map((part) => Buffer.from(part, "base64url"));
  if (parts.length !== 4) throw new Error("Not a sealed report");
  const [wrapped, nonce, tag, body] = parts;
  const key = privateDecrypt({ key: privateKey, ...WRAPPING }, wrapped);
  const decipher = createDecipheriv(CIPHER, key, nonce, TAG);
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
}
