import https from "node:https";
import { isIP } from "node:net";

const INTERNAL = /^(localhost$|.*\.local$|0\.|10\.|127\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)/;

export async function sendTestEvent(address) {
  const url = new URL(address);
  if (url.protocol !== "https:" || isIP(url.hostname.replace(/[[\]]/g, ""))) {
    throw new Error("A webhook address begins with https:// and a host name");
  }
  if (INTERNAL.test(url.hostname)) {
    throw new Error(`${url.hostname} is not a public host`);
  }
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json" };
    const options = { method: "POST", headers, timeout: 5000 };
    const request = https.request(url, options, (response) => resolve(response.resume().statusCode));
    request.on("error", reject).on("timeout", () => request.destroy(new Error("No answer within 5 seconds")));
    request.end(JSON.stringify({ event: "test" }));
  });
}
