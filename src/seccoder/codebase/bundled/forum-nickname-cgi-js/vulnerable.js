const YEAR = 365 * 24 * 60 * 60;

function cgiResponse(status, headers) {
  const lines = [`Status: ${status}`];
  for (const [name, value] of headers) {
    lines.push(`${name}: ${value}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function cookie(name, value) {
  const text = value.replaceAll(";", "%3B").replaceAll(" ", "%20");
  return ["Set-Cookie", `${name}=${text}; Max-Age=${YEAR}; Path=/; HttpOnly; Secure; SameSite=Lax`];
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
