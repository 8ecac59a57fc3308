import { BlockList, isIP } from "node:net";

const kind = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");
const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, "");

export function allowed(networks: string[], peer: string, forwardedFor: string | undefined, proxies: string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split("/");
    list.addSubnet(address, Number(bits), kind(address));
  }
  let client = plain(peer);
  // Only our own proxy's word counts, and that is the entry it added itself, at the end.
  if (proxies.includes(client)) client = plain(forwardedFor?.split(",").at(-1) ?? "");
  return isIP(client) !== 0 && list.check(client, kind(client));
}
