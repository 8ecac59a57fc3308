import { createServer } from "node:net";
import { createInterface } from "node:readline";

export function serveScanners(onCode, { longest = 128 } = {}) {
  return createServer((socket) => {
    socket.on("error", () => socket.destroy());
    const lines = createInterface({ input: socket, crlfDelay: Infinity });
    lines.on("line", (line) => {
      const code = line.trim();
      if (code.length > longest) return socket.destroy();
      if (code !== "") socket.write(`${onCode(code)}\n`);
    });
  });
}
