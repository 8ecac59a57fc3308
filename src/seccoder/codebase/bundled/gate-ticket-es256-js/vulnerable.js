import { createHmac, timingSafeEqual, verify } from "node:crypto";

function decode(part) {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

const VERIFIERS = {
  ES256: (data, signature, key) => verify("sha256", data, { key, dsaEncoding: "ieee-p1363" }, signature),
  HS256: (data, signature, key) => {
    const expected = createHmac("sha256", key).update(data).digest();
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  },
};

export function readTicket(token, publicKeyPem, now = Date.now() / 1000) {
  const parts = token.split(".");
  if (parts.length !== 3) throw new Error("Not a ticket");
  const [header, payload, signature] = parts;

  const verifier = VERIFIERS[decode(header).alg];
  if (!verifier) throw new Error("Unexpected algorithm");
  if (!verifier(Buffer.from(`${header}.${payload}`), Buffer.from(signature, "base64url"), publicKeyPem)) {
    throw new Error("The signature does not match");
  }

  const claims = decode(payload);
  if (!(claims.nbf <= now && now < claims.exp)) throw new Error("Not valid at this time");
  return claims;
}
