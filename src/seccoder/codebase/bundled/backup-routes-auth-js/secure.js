import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text) => createHash("sha256").update(text).digest();

export function createApp(token, backups) {
  const expected = digest(`Bearer ${token}`);
  const routes = new Map([
    ["GET /health", { open: true, run: () => Response.json({ ok: true }) }],
    ["GET /backups", { run: () => Response.json([...backups.keys()]) }],
    ["POST /backups/delete", { run: (query) => Response.json({ deleted: backups.delete(query.get("name")) }) }],
  ]);

  return function handle(request) {
    const url = new URL(request.url);
    const path = url.pathname.toLowerCase().replace(/\/+/g, "/").replace(/(.)\/$/, "$1");
    const route = routes.get(`${request.method} ${path}`);
    if (!route) return new Response("Not found", { status: 404 });
    // Asked about the route that will run, not about the path's spelling, and closed unless it says otherwise.
    if (!route.open && !timingSafeEqual(digest(request.headers.get("authorization") ?? ""), expected)) {
      return new Response("Token needed", { status: 401, headers: { "WWW-Authenticate": "Bearer" } });
    }
    return route.run(url.searchParams);
  };
}
