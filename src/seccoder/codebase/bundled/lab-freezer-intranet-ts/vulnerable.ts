import { BlockList, isIP } from "node:net";

const kind = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");
const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, "");

export function allowed(networks: string[], peer: string, forwardedFor: string | undefined, proxies: string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split("/");
    list.addSubnet(address, Number(bits), kind(address));
  }
  const client = plain(forwardedFor?.split(",")[0] ?? (proxies.includes(plain(peer)) ? "" : peer));
  return isIP(client) !== 0 && list.check(client, kind(client));
}
