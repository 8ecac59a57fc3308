module.exports = { afterLogin };

/**
 * Express handler: redirects to the page of our site in the query parameter next, or to "/" if there is none.
 */
function afterLogin(req, res) {
  const next = String(req.query.next ?? "");
  res.redirect(/^\/(?![\/\\])/.test(next) ? next : "/");
}
