const NAME = "__Host-session";
const STAY_SECONDS = 30 * 24 * 60 * 60;

function serialize(value, maxAge) {
  // HttpOnly: no script reads it. Secure, Path=/ and no Domain: what browsers demand of the prefix __Host-.
  const parts = [`${NAME}=${encodeURIComponent(value)}`, "Path=/", "Secure", "HttpOnly", "SameSite=Lax"];
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  return parts.join("; ");
}

function signInCookie(sessionId, { stay = false } = {}) {
  return serialize(sessionId, stay ? STAY_SECONDS : undefined);
}

function signOutCookie() {
  return serialize("", 0);
}

module.exports = { signInCookie, signOutCookie };
