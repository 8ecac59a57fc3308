module.exports = { returnPath };

/**
 * Where to send the customer after the payment: the value of the Location header.
 *
 * @param {Record<string, string | string[] | undefined>} query of the request, such as { return_to: "/cart?step=2" }
 * @returns {string} path, query and fragment of a page of this shop; "/orders" if return_to names none
 */
function returnPath(query) {
  const wanted = query.return_to;
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return "/orders";
  const shop = "https://shop.invalid";
  let target;
  try {
    target = new URL(wanted, shop); // reads it as a browser does: backslashes, tabs and newlines included
  } catch {
    return "/orders";
  }
  const path = target.pathname + target.search + target.hash;
  return target.origin !== shop || path.startsWith("//") ? "/orders" : path;
}
