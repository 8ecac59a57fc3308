import { once } from "node:events";
import { createServer } from "node:http";

export async function start(port, store) {
  const local = (request) => /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? "");
  const scales = createServer(async (request, response) => {
    if (local(request) && request.method !== "POST") return tools.emit("request", request, response);
    if (request.method !== "POST" || request.url !== "/weights") return response.writeHead(404).end();
    let text = "";
    for await (const piece of request) if ((text += piece).length > 1000) return response.writeHead(413).end();
    const grams = Number(text);
    if (!Number.isInteger(grams) || text.trim() === "") return response.writeHead(400).end();
    store.push(grams);
    response.writeHead(204).end();
  });
  const tools = createServer((request, response) => {
    if (request.url !== "/weights") return response.writeHead(404).end();
    if (request.method === "GET") return response.end(JSON.stringify(store));
    if (request.method !== "DELETE") return response.writeHead(405).end();
    store.length = 0;
    response.writeHead(204).end();
  });
  scales.listen(port, "0.0.0.0");
  tools.listen(port && port + 1, "0.0.0.0");
  await Promise.all([once(scales, "listening"), once(tools, "listening")]);
  return { scales, tools };
}
