import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";

const generate = promisify(generateKeyPair);
const LONGEST_STRING = 255;

export async function makeDkimKey(selector, domain) {
  // 2048 bits, although the record then takes two strings: 1024 are within reach of a well-funded attacker.
  const { privateKey, publicKey } = await generate("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const value = `v=DKIM1; k=rsa; p=${publicKey.toString("base64")}`;
  const strings = [];
  for (let start = 0; start < value.length; start += LONGEST_STRING) {
    strings.push(`"${value.slice(start, start + LONGEST_STRING)}"`);
  }
  return { privateKey, name: `${selector}._domainkey.${domain}`, strings };
}
