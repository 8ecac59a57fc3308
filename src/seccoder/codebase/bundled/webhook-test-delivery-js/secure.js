import dns from "node:dns";
import https from "node:https";
import { BlockList, isIP } from "node:net";

const internal = new BlockList();
for (const range of ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
  "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3"]) {
  internal.addSubnet(range.split("/")[0], Number(range.split("/")[1]), "ipv4");
}
const publicV6 = new BlockList();
publicV6.addSubnet("2000::", 3, "ipv6");

const isPublic = ({ address, family }) =>
  family === 6 ? publicV6.check(address, "ipv6") && !address.startsWith("2002:") : !internal.check(address, "ipv4");

function publicLookup(hostname, options, callback) {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error);
    if (!addresses.every(isPublic)) return callback(new Error(`${hostname} is not a public host`));
    return options.all ? callback(null, addresses) : callback(null, addresses[0].address, addresses[0].family);
  });
}

export async function sendTestEvent(address) {
  const url = new URL(address);
  if (url.protocol !== "https:" || isIP(url.hostname.replace(/[[\]]/g, ""))) {
    throw new Error("A webhook address begins with https:// and a host name");
  }
  return new Promise((resolve, reject) => {
    // The socket connects to what this lookup returns: a name cannot be checked as one address and used as another.
    const headers = { "Content-Type": "application/json" };
    const options = { method: "POST", headers, timeout: 5000, lookup: publicLookup };
    const request = https.request(url, options, (response) => resolve(response.resume().statusCode));
    request.on("error", reject).on("timeout", () => request.destroy(new Error("No answer within 5 seconds")));
    request.end(JSON.stringify({ event: "test" }));
  });
}
