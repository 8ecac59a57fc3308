const text = { type: "string" };

const ROSTER = {
  type: "array",
  items: {
    type: "object",
    properties: {
      line: text,
      from: text,
      to: text,
      driver: { type: "object", additionalProperties: true },
    },
  },
};

export function rosterRoute(store, serialise) {
  return async (request) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(request.params.day)) return { status: 400, body: "" };
    const shifts = await store.roster(request.params.day);
    return { status: 200, body: serialise(ROSTER, shifts.filter(({ cancelled }) => !cancelled)) };
  };
}
