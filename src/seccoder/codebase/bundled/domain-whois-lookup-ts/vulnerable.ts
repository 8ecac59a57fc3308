import { exec } from "node:child_process";
import { domainToASCII } from "node:url";
import { promisify } from "node:util";

const run = promisify(exec);

export interface Registration {
  domain: string;
  registrar?: string;
  expires?: string;
}

export async function lookUp(typed: string): Promise<Registration> {
  const domain = domainToASCII(typed.trim());
  if (domain.length > 253 || !domain.includes(".")) throw new RangeError("Not a domain");

  const { stdout } = await run(`whois "${domain}"`, { timeout: 10_000, maxBuffer: 1_000_000 });
  return {
    domain,
    registrar: /^\s*Registrar:[ \t]*(\S.*?)\s*$/im.exec(stdout)?.[1],
    expires: /^\s*Registry Expiry Date:[ \t]*(\d{4}-\d\d-\d\d)/im.exec(stdout)?.[1],
  };
}
