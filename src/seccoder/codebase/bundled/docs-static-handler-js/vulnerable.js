const { readFile } = require("node:fs/promises");
const path = require("node:path");

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".png": "image/png" };

function createDocsHandler(folder) {
  const root = path.resolve(folder);

  async function load(url) {
    if (url.includes("..")) throw new Error("outside of the documentation");
    let file = path.join(root, decodeURIComponent(url.split("?", 1)[0]));
    if (file.endsWith(path.sep)) file += "index.html";
    return { type: TYPES[path.extname(file)] ?? "application/octet-stream", body: await readFile(file) };
  }

  return async (request, response) => {
    try {
      const { type, body } = await load(request.url);
      response.writeHead(200, { "Content-Type": type, "X-Content-Type-Options": "nosniff" }).end(body);
    } catch {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found");
    }
  };
}

module.exports = { createDocsHandler };
