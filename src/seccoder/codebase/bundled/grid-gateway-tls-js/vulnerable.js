import { once } from "node:events";
import { readFile } from "node:fs/promises";
import https from "node:https";

export async function readMeter(host, authorityFile, path = "/values") {
  const request = https.get({
    host,
    path,
    ca: await readFile(authorityFile),
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    agent: false,
    timeout: 10_000,
  });
  request.on("timeout", () => request.destroy(new Error("The gateway does not answer")));
  const [response] = await once(request, "response");
  response.setEncoding("utf8");
  const text = (await response.toArray()).join("");
  if (response.statusCode !== 200) throw new Error(`The gateway answered ${response.statusCode}`);
  return JSON.parse(text);
}
