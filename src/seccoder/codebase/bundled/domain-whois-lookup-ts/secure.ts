import { execFile } from "node:child_process";
import { domainToASCII } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

export interface Registration {
  domain: string;
  registrar?: string;
  expires?: string;
}

export async function lookUp(typed: string): Promise<Registration> {
  const domain = domainToASCII(typed.trim());
  if (domain.length > 253 || !DOMAIN.test(domain)) throw new RangeError("Not a domain");

  // No shell reads the domain, and after -- nothing is taken for an option of whois.
  const { stdout } = await run("whois", ["--", domain], { timeout: 10_000, maxBuffer: 1_000_000 });
  return {
    domain,
    registrar: /^\s*Registrar:[ \t]*(\S.*?)\s*$/im.exec(stdout)?.[1],
    expires: /^\s*Registry Expiry Date:[ \t]*(\d{4}-\d\d-\d\d)/im.exec(stdout)?.[1],
  };
}
