export function ticketHandler(store, render) {
  return async (req, res) => {
    if (!req.user) return res.status(401).send("Please sign in");
    const order = await store.orderOfTicket(req.params.code);
    const may = order && (order.customer === (req.query.customer ?? req.user.id) || req.user.role === "staff");
    if (!may) return res.status(404).send("There is no such ticket");
    const ticket = order.tickets.find(({ code }) => code === req.params.code);
    return res.status(200).type("application/pdf").send(await render(ticket));
  };
}
