// Anchored at both ends, dots escaped: the whole origin is a shop of ours, not just some part of it.
const SHOP = /^https:\/\/[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.orchard\.example$/;

export function withCors(handler) {
  return async function handle(request) {
    const origin = request.headers.get("origin");
    const ours = origin !== null && SHOP.test(origin);
    const preflight = request.method === "OPTIONS" && request.headers.has("access-control-request-method");

    const response = preflight ? new Response(null, { status: 204 }) : await handler(request);
    response.headers.append("Vary", "Origin");
    if (ours) {
      response.headers.set("Access-Control-Allow-Origin", origin);
      response.headers.set("Access-Control-Allow-Credentials", "true");
      if (preflight) {
        response.headers.set("Access-Control-Allow-Methods", "GET, POST");
        response.headers.set("Access-Control-Allow-Headers", "Content-Type");
      }
    }
    return response;
  };
}
