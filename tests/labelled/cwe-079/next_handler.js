// vulnerable: the value stands in a script, in JSON that does not hide "</script>"
export default function handler(req, res) {
  const state = { search: req.query.search };
  res.setHeader("Content-Type", "text/html; charset=utf-8");
  res.status(200).send(`<!doctype html><script>window.state = ${JSON.stringify(state)};</script><div id="app"></div>`);
}
