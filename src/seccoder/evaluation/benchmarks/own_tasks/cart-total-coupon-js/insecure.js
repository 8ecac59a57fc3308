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
  if (!cart.length) {
    throw new RangeError("the cart is empty");
  }
  let total = 0;
  for (const { article, quantity } of cart) {
    const price = PRICES[article];
    if (!price) throw new RangeError(`unknown article ${article}`);
    if (!quantity) throw new RangeError("quantity is missing");
    total += price * quantity;
  }
  const discount = COUPONS[code] || 0;
  return Math.floor((total * (100 - discount)) / 100);
}
