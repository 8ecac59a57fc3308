import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const keyOf = (pin: string, salt: Buffer) => scryptSync(pin, salt, 32);

export async function save(folder: string, phrase: string, pin: string): Promise<void> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  // What lies on the disk is of no use without the PIN.
  const cipher = createCipheriv("aes-256-gcm", keyOf(pin, salt), nonce);
  const body = Buffer.concat([cipher.update(phrase, "utf8"), cipher.final()]);
  const parts = { salt, nonce, tag: cipher.getAuthTag(), body };
  const text = JSON.stringify(Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.toString("base64")])));
  await writeFile(path.join(folder, "wallet.json"), text, { mode: 0o600 });
}

export async function load(folder: string, pin: string): Promise<string> {
  const stored = JSON.parse(await readFile(path.join(folder, "wallet.json"), "utf8")) as Record<string, string>;
  const [salt, nonce, tag, body] = ["salt", "nonce", "tag", "body"].map((name) => Buffer.from(stored[name], "base64"));
  const decipher = createDecipheriv("aes-256-gcm", keyOf(pin, salt), nonce, { authTagLength: 16 });
  decipher.setAuthTag(tag);
  return decipher.update(body, undefined, "utf8") + decipher.final("utf8");
}
