import { request } from "undici";

const INSIDE = /^(localhost|0\.|10\.|127\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|\[)|\.(local|internal)$/;

export async function titleOf(link: string, lookup: (host: string) => Promise<string[]>): Promise<string | null> {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  if (url.protocol !== "https:" || url.port !== "" || url.username !== "") return null;
  if (INSIDE.test(url.hostname) || (await lookup(url.hostname)).length === 0) return null;
  const { statusCode, body } = await request(url, { maxRedirections: 0 });
  let page = "";
  for await (const piece of body) {
    page += piece;
    if (page.length > 262_144) return null;
  }
  const title = statusCode === 200 ? /<title>([^<]*)<\/title>/i.exec(page)?.[1].trim() : undefined;
  return title ? title.slice(0, 200) : null;
}
