export function carrierUrl(base: string, path: string): string {
  const text = base.trim();
  const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!["https:", "http:"].includes(url.protocol)) throw new TypeError("The carrier's address must be one of the web");
  if (url.username || url.search || url.hash) throw new TypeError("Only host and path, please");
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  return url.href;
}
