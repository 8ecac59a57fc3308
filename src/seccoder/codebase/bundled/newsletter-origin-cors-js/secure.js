const FRONT_ENDS = new Set(["https://shop.example", "https://admin.shop.example", "http://localhost:3000"]);

export function cors(request, response, next) {
  const origin = request.headers.origin;
  response.setHeader("Vary", "Origin");
  // The whole origin, scheme and port included: parts of it can be had by registering a similar name.
  if (FRONT_ENDS.has(origin)) {
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader("Access-Control-Allow-Headers", "Content-Type");
  }
  if (request.method === "OPTIONS") return response.writeHead(204).end();
  next();
}
