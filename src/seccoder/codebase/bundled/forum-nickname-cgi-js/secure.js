import { validateHeaderName, validateHeaderValue } from "node:http";

const YEAR = 365 * 24 * 60 * 60;

function cgiResponse(status, headers) {
  const lines = [`Status: ${status}`];
  for (const [name, value] of headers) {
    // What Node's server would check for us: no line break or other control character ends a header early.
    validateHeaderName(name);
    validateHeaderValue(name, value);
    lines.push(`${name}: ${value}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function cookie(name, value) {
  return ["Set-Cookie", `${name}=${encodeURIComponent(value)}; Max-Age=${YEAR}; Path=/; HttpOnly; Secure; SameSite=Lax`];
}

export function rememberVisitor(form) {
  const nickname = (form.get("nickname") ?? "").trim() || "Guest";
  const perPage = form.get("perPage") ?? "20";
  return cgiResponse("303 See Other", [
    cookie("nickname", nickname),
    cookie("perPage", perPage),
    ["Location", "/guestbook.cgi"],
  ]);
}
