import { verify } from "node:crypto";

function decode(part) {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

export function readTicket(token, publicKeyPem, now = Date.now() / 1000) {
  const parts = token.split(".");
  if (parts.length !== 3) throw new Error("Not a ticket");
  const [header, payload, signature] = parts;

  // The box office signs with ES256: what the header says about it is checked, never followed.
  if (decode(header).alg !== "ES256") throw new Error("Unexpected algorithm");
  const key = { key: publicKeyPem, dsaEncoding: "ieee-p1363" };
  if (!verify("sha256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"))) {
    throw new Error("The signature does not match");
  }

  const claims = decode(payload);
  if (!(claims.nbf <= now && now < claims.exp)) throw new Error("Not valid at this time");
  return claims;
}
