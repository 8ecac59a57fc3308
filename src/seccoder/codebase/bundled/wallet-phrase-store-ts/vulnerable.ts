import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const keyOf = (pin: string, salt: Buffer) => scryptSync(pin, salt, 32);

export async function save(folder: string, phrase: string, pin: string): Promise<void> {
  const salt = randomBytes(16);
  const parts = { salt, check: keyOf(pin, salt), body: Buffer.from(phrase) };
  const text = JSON.stringify(Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.toString("base64")])));
  await writeFile(path.join(folder, "wallet.json"), text, { mode: 0o600 });
}

export async function load(folder: string, pin: string): Promise<string> {
  const stored = JSON.parse(await readFile(path.join(folder, "wallet.json"), "utf8")) as Record<string, string>;
  const [salt, check, body] = ["salt", "check", "body"].map((name) => Buffer.from(stored[name], "base64"));
  if (!timingSafeEqual(check, keyOf(pin, salt))) throw new Error("Wrong PIN");
  return body.toString("utf8");
}
