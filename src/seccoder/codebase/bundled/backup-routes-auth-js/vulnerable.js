import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text) => createHash("sha256").update(text).digest();

export function createApp(token, backups) {
  const expected = digest(`Bearer ${token}`);
  const routes = new Map([
    ["GET /health", () => Response.json({ ok: true })],
    ["GET /backups", () => Response.json([...backups.keys()])],
    ["POST /backups/delete", (query) => Response.json({ deleted: backups.delete(query.get("name")) })],
  ]);

  return function handle(request) {
    const url = new URL(request.url);
    if (url.pathname.startsWith("/backups")) {
      if (!timingSafeEqual(digest(request.headers.get("authorization") ?? ""), expected)) {
        return new Response("Token needed", { status: 401, headers: { "WWW-Authenticate": "Bearer" } });
      }
    }
    const path = url.pathname.toLowerCase().replace(/\/+/g, "/").replace(/(.)\/$/, "$1");
    const run = routes.get(`${request.method} ${path}`);
    return run ? run(url.searchParams) : new Response("Not found", { status: 404 });
  };
}
