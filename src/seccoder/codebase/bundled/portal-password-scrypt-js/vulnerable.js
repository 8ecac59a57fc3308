const { pbkdf2, randomBytes, timingSafeEqual } = require("node:crypto");
const { promisify } = require("node:util");

const derive = promisify(pbkdf2);

const ITERATIONS = 1000;
const LENGTH = 64;

async function hashPassword(password) {
  const salt = randomBytes(16);
  const key = await derive(password.normalize("NFKC"), salt, ITERATIONS, LENGTH, "sha512");
  return ["pbkdf2", ITERATIONS, salt.toString("base64"), key.toString("base64")].join("$");
}

async function checkPassword(password, stored) {
  const [scheme, iterations, salt, key] = stored.split("$");
  if (scheme !== "pbkdf2" || !key) return false;
  const typed = await derive(password.normalize("NFKC"), Buffer.from(salt, "base64"), Number(iterations), LENGTH, "sha512");
  const expected = Buffer.from(key, "base64");
  return expected.length === LENGTH && timingSafeEqual(typed, expected);
}

module.exports = { hashPassword, checkPassword };
