interface Deps {
  findDealer(address: string): Promise<{ address: string } | null>;
  issue(address: string): Promise<void>;
  log(message: string): void;
}

export function forgottenHandler({ findDealer, issue, log }: Deps) {
  async function sendLink(address: string): Promise<void> {
    const dealer = await findDealer(address);
    if (dealer) await issue(dealer.address);
  }

  return async (request: Request): Promise<Response> => {
    const { address } = Object(await request.json().catch(() => null)) as { address?: unknown };
    if (typeof address !== "string" || !address.includes("@")) return Response.json({ error: "An address, please" }, { status: 400 });
    // Nobody waits for it: neither what is said nor how long it takes depends on whether there is an account.
    sendLink(address.trim().toLowerCase()).catch((error: Error) => log(`reset link: ${error.message}`));
    return Response.json({ message: "If the address is known, a mail with a link is on its way." }, { status: 202 });
  };
}
