module.exports = { cartTotal };

const PRICES = { mug: 1290, poster: 2400, sticker: 150 }; // cents
const COUPONS = { SPRING10: 10, FRIENDS25: 25 }; // percent off

/**
 * What a cart costs, in cents, rounded down.
 *
 * @param {{article: string, quantity: number}[]} cart as the browser posted it (parsed JSON), at least one article
 * @param {string} [code] of a coupon, as the browser posted it; one that does not exist is ignored
 * @returns {number}
 * @throws {RangeError} if that cannot be ordered
 */
function cartTotal(cart, code) {
  if (!Array.isArray(cart) || cart.length === 0) throw new RangeError("the cart is empty");
  let total = 0;
  for (const item of cart) {
    const { article, quantity } = Object(item);
    if (typeof article !== "string" || !Object.hasOwn(PRICES, article)) throw new RangeError("no such article");
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > 1000) throw new RangeError("not a quantity");
    total += PRICES[article] * quantity;
  }
  const percent = typeof code === "string" && Object.hasOwn(COUPONS, code) ? COUPONS[code] : 0;
  return Math.floor((total * (100 - percent)) / 100);
}
