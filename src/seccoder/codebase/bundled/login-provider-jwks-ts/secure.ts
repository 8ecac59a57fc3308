import { createPublicKey, verify, type JsonWebKey } from "node:crypto";

export type ProviderKey = JsonWebKey & { kid: string };
export type Claims = { iss: string; aud: string | string[]; sub: string; exp: number; nonce?: string };

const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

export function readIdToken(
  token: string,
  keys: ProviderKey[],
  expected: { issuer: string; clientId: string },
  now = Date.now() / 1000,
): Claims {
  const parts = token.split(".");
  if (parts.length !== 3) throw new Error("Not a token");
  const [header, payload, signature] = parts;

  // The header may say which of the provider's keys it was. Nothing else in it has a say: no algorithm, no key.
  const { alg, kid } = decode(header);
  const jwk = keys.find((key) => key.kid === kid && key.kty === "RSA");
  if (alg !== "RS256" || !jwk) throw new Error("Not signed with a key of the provider");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  if (!verify("sha256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"))) {
    throw new Error("The signature does not match");
  }

  const claims: Claims = decode(payload);
  const forUs = [claims.aud].flat().includes(expected.clientId);
  if (claims.iss !== expected.issuer || !forUs || !(now < claims.exp)) throw new Error("Not for us or not valid now");
  return claims;
}
