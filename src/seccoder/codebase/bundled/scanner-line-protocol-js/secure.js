import { createServer } from "node:net";

export function serveScanners(onCode, { longest = 128, idle = 60_000, connections = 500 } = {}) {
  const server = createServer((socket) => {
    let rest = "";
    socket.setEncoding("utf8");
    // Whoever says nothing for a minute is no scanner any more; they connect again by themselves.
    socket.setTimeout(idle, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        const code = line.trim();
        if (code.length > longest) return socket.destroy();
        if (code !== "") socket.write(`${onCode(code)}\n`);
      }
      // A line that has no end yet is kept, but never more of it than a barcode can have ("\r" included).
      if (rest.length > longest + 1) socket.destroy();
    });
  });
  server.maxConnections = connections;
  return server;
}
