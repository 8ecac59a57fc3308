module.exports = { entriesList };

/**
 * Returns the guest book's entries as HTML: a ul element with an li element for each text.
 */
function entriesList(entries) {
