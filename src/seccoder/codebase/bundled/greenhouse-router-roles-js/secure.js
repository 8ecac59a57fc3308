export function bedRoutes(beds) {
  const coordinator = (user) => user?.role === "coordinator";

  return {
    async change(req, res) {
      if (!req.user) return res.status(401).end();
      const bed = await beds.find(req.params.id);
      // It is this bed and this user that count; the buttons on the page are no protection.
      if (!bed || !(bed.gardener === req.user.id || coordinator(req.user))) return res.status(404).end();
      await beds.save({ ...bed, crop: String(req.body?.crop ?? "").slice(0, 60) });
      return res.status(204).end();
    },

    async remove(req, res) {
      if (!coordinator(req.user)) return res.status(req.user ? 403 : 401).end();
      return res.status((await beds.remove(req.params.id)) ? 204 : 404).end();
    },

    async add(req, res) {
      if (!coordinator(req.user)) return res.status(req.user ? 403 : 401).end();
      const id = await beds.add({ gardener: String(req.body?.gardener ?? ""), crop: "" });
      return res.status(201).json({ id });
    },
  };
}
