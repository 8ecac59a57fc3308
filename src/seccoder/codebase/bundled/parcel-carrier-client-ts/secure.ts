const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function carrierUrl(base: string, path: string): string {
  const text = base.trim();
  const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  // The API key goes along with every request, so nobody on the way may read it.
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOCAL.has(url.hostname))) throw new TypeError("The carrier's address must begin with https");
  if (url.username || url.search || url.hash) throw new TypeError("Only host and path, please");
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  return url.href;
}
