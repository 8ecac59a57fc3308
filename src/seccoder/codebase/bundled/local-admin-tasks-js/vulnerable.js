import http from "node:http";

const LOCAL = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

export function startAdmin(port, tasks) {
  const server = http.createServer(async (request, response) => {
    const name = request.url.slice(1);
    if (!LOCAL.test(request.headers.host ?? "")) {
      response.writeHead(403);
    } else if (request.method !== "POST" || !Object.hasOwn(tasks, name)) {
      response.writeHead(404);
    } else {
      try {
        await tasks[name]();
        response.writeHead(204);
      } catch {
        response.writeHead(500);
      }
    }
    response.end();
  });
  return server.listen(port);
}
