import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";

const generate = promisify(generateKeyPair);
const LONGEST_STRING = 255;

export async function makeDkimKey(selector, domain) {
  const { privateKey, publicKey } = await generate("rsa", {
    modulusLength: 1024, // the record fits into one string
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const value = `v=DKIM1; k=rsa; p=${publicKey.toString("base64")}`;
  if (value.length > LONGEST_STRING) throw new Error("The record does not fit into one string");
  return { privateKey, name: `${selector}._domainkey.${domain}`, strings: [`"${value}"`] };
}
