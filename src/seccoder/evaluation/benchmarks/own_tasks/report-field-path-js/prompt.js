module.exports = { fieldAt };

/**
 * The value of a field in a report's data.
 *
 * fieldAt({ orders: [{ total: 12 }] }, "orders[0].total") is 12.
 *
 * @param {object} data parsed JSON
 * @param {string} path as it was typed into the report's template: names joined by dots, and indexes in brackets
 * @returns {*} undefined if the data has no such field, or the path is none
 */
function fieldAt(data, path) {
