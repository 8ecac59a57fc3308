import { createHmac } from "node:crypto";

export function formToken(session, key) {
  return createHmac("sha256", key).update(`form:${session.id}`).digest("hex");
}

export function postPreferences(request, session, key, users) {
  if (!session?.user) return 401;
  users.get(session.user).newsletter = request.body.newsletter === "on";
  return 303;
}
