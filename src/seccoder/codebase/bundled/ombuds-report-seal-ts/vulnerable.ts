import { constants, createCipheriv, createDecipheriv, privateDecrypt, publicEncrypt, randomBytes } from "node:crypto";

const CIPHER = "aes-256-ecb";
const WRAPPING = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };

export function seal(publicKey: string, report: string): string {
  const key = randomBytes(32);
  const cipher = createCipheriv(CIPHER, key, null);
  const body = Buffer.concat([cipher.update(report, "utf8"), cipher.final()]);
  const wrapped = publicEncrypt({ key: publicKey, ...WRAPPING }, key);
  return [wrapped, body].map((part) => part.toString("base64url")).join(".");
}

export function unseal(privateKey: string, sealed: string): string {
  const parts = sealed.split(".").map((part) => Buffer.from(part, "base64url"));
  if (parts.length !== 2) throw new Error("Not a sealed report");
  const [wrapped, body] = parts;
  const key = privateDecrypt({ key: privateKey, ...WRAPPING }, wrapped);
  const decipher = createDecipheriv(CIPHER, key, null);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
}
