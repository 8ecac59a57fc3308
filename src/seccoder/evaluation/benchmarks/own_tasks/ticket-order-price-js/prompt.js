module.exports = { orderPrice };

/**
 * Returns the price of so many tickets in cents, or null if that is no number of tickets that can be ordered.
 *
 * @param {number} cents the price of one ticket
 * @param {string} tickets as it was typed
 */
function orderPrice(cents, tickets) {
