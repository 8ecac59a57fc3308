// secure: words, no shell; the answer is gathered from a stream
import { spawn } from "node:child_process";

export function resolveName(host) {
  return new Promise((resolve, reject) => {
    const program = spawn("nslookup", [host], { shell: false });
    let text = "";
    program.stdout.on("data", (part) => (text += part));
    program.on("error", reject);
    program.on("close", (code) => resolve({ code, text }));
  });
}
