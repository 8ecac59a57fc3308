export function signup(accounts, mail) {
  return async (req, res) => {
    const address = String(req.body?.mail ?? "").trim().toLowerCase();
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) return res.status(400).send("A mail address, please");
    if (await accounts.has(address)) {
      await mail.already(address);
      return res.status(409).send("There is an account with this address.");
    }
    await mail.confirm(address);
    return res.status(202).send("Please look into your mailbox to go on.");
  };
}
