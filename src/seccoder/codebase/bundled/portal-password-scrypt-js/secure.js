const { randomBytes, scrypt, timingSafeEqual } = require("node:crypto");
const { promisify } = require("node:util");

const derive = promisify(scrypt);

// 32 MiB and three passes for each guess; maxmem has to allow what Node's default just refuses.
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const LENGTH = 32;

async function hashPassword(password) {
  const salt = randomBytes(16);
  const key = await derive(password.normalize("NFKC"), salt, LENGTH, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), key.toString("base64")].join("$");
}

async function checkPassword(password, stored) {
  const [scheme, N, r, p, salt, key] = stored.split("$");
  if (scheme !== "scrypt" || !key) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const typed = await derive(password.normalize("NFKC"), Buffer.from(salt, "base64"), LENGTH, cost);
  const expected = Buffer.from(key, "base64");
  return expected.length === LENGTH && timingSafeEqual(typed, expected);
}

module.exports = { hashPassword, checkPassword };
