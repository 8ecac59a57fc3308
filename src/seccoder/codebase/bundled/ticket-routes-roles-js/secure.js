const routes = {
  "GET /tickets": ["customer", (user, store) => store.tickets.filter((ticket) => ticket.owner === user.name)],
  "POST /tickets/assign": ["agent", (user, store, { id, to }) => { store.find(id).agent = to; }],
  "DELETE /tickets": ["lead", (user, store, { id }) => store.remove(id)],
};
const RANK = { customer: 1, agent: 2, lead: 3 };

export function handle(route, user, store, parameters) {
  if (!user) return { status: 401 };
  if (!Object.hasOwn(routes, route)) return { status: 404 };
  const [needed, action] = routes[route];
  // Asked once, here, for every route: a handler cannot forget it.
  if (!(RANK[user.role] >= RANK[needed])) return { status: 403 };
  return { status: 200, body: action(user, store, parameters) };
}
