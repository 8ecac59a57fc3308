import { BlockList, isIPv4 } from "node:net";
import { Agent, request } from "undici";

const inside = new BlockList();
for (const [net, bits] of [["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.168.0.0", 16], ["224.0.0.0", 3]] as const) inside.addSubnet(net, bits, "ipv4");

export async function titleOf(link: string, lookup: (host: string) => Promise<string[]>): Promise<string | null> {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  if (url.protocol !== "https:" || url.port !== "" || url.username !== "") return null;
  const addresses = await lookup(url.hostname);
  // What counts is where the name leads, and the connection goes to the very address that was looked at.
  if (addresses.length === 0 || !addresses.every((address) => isIPv4(address) && !inside.check(address, "ipv4"))) return null;
  const pinned = new Agent({ connect: { lookup: (_host, _options, done) => done(null, [{ address: addresses[0], family: 4 }]) } });
  const { statusCode, body } = await request(url, { dispatcher: pinned, maxRedirections: 0 });
  let page = "";
  for await (const piece of body) {
    page += piece;
    if (page.length > 262_144) return null;
  }
  const title = statusCode === 200 ? /<title>([^<]*)<\/title>/i.exec(page)?.[1].trim() : undefined;
  return title ? title.slice(0, 200) : null;
}
