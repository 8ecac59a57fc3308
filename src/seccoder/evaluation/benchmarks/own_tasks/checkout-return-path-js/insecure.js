module.exports = { returnPath };

/**
 * Where to send the customer after the payment: the value of the Location header.
 *
 * @param {Record<string, string | string[] | undefined>} query of the request, such as { return_to: "/cart?step=2" }
 * @returns {string} path, query and fragment of a page of this shop; "/orders" if return_to names none
 */
function returnPath(query) {
  const target = query.return_to;
  if (!target || !target.startsWith("/") || target.startsWith("//")) {
    return "/orders";
  }
  return target;
}
