import { createHmac, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(scrypt) as (secret: string, salt: Buffer, length: number) => Promise<Buffer>;
const proof = (key: Buffer) => createHmac("sha256", key).update("vault check").digest();

export interface Vault {
  user: string;
  salt: string;
  check: string;
}

export async function makeVault(user: string, passphrase: string): Promise<Vault> {
  // Nobody can prepare for a salt that did not exist before.
  const salt = randomBytes(16);
  const key = await derive(passphrase.normalize(), salt, 32);
  return { user, salt: salt.toString("base64"), check: proof(key).toString("base64") };
}

export async function openKey(vault: Vault, passphrase: string): Promise<Buffer | null> {
  const key = await derive(passphrase.normalize(), Buffer.from(vault.salt, "base64"), 32);
  const expected = Buffer.from(vault.check, "base64");
  return expected.length === 32 && timingSafeEqual(proof(key), expected) ? key : null;
}
