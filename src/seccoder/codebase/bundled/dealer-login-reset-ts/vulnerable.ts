interface Deps {
  findDealer(address: string): Promise<{ address: string } | null>;
  issue(address: string): Promise<void>;
  log(message: string): void;
}

export function forgottenHandler({ findDealer, issue, log }: Deps) {
  return async (request: Request): Promise<Response> => {
    const { address } = Object(await request.json().catch(() => null)) as { address?: unknown };
    if (typeof address !== "string" || !address.includes("@")) return Response.json({ error: "An address, please" }, { status: 400 });
    const dealer = await findDealer(address.trim().toLowerCase());
    if (!dealer) return Response.json({ error: "There is no dealer with this address." }, { status: 404 });
    issue(dealer.address).catch((error: Error) => log(`reset link: ${error.message}`));
    return Response.json({ message: "If the address is known, a mail with a link is on its way." }, { status: 202 });
  };
}
