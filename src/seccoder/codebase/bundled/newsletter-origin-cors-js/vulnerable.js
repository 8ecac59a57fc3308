export function cors(request, response, next) {
  const origin = request.headers.origin;
  response.setHeader("Vary", "Origin");
  if (origin && (origin.endsWith("shop.example") || origin.includes("://localhost"))) {
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader("Access-Control-Allow-Headers", "Content-Type");
  }
  if (request.method === "OPTIONS") return response.writeHead(204).end();
  next();
}
