module.exports = { searchField };

/**
 * Returns the HTML of the search field: an input element with the name q whose value is the words.
 */
function searchField(words) {
  const value = words.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<input type="search" name="q" value="${value}">`;
}
