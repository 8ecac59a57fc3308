import { createHmac, timingSafeEqual } from "node:crypto";

export function formToken(session, key) {
  return createHmac("sha256", key).update(`form:${session.id}`).digest("hex");
}

export function postPreferences(request, session, key, users) {
  if (!session?.user) return 401;
  const sent = Buffer.from(String(request.body.token ?? ""));
  const expected = Buffer.from(formToken(session, key));
  // The cookie comes along from any page; only our own form could know the session's token.
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) return 403;
  users.get(session.user).newsletter = request.body.newsletter === "on";
  return 303;
}
