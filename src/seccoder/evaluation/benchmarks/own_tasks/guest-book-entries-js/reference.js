module.exports = { entriesList };

/**
 * Returns the guest book's entries as HTML: a ul element with an li element for each text.
 */
function entriesList(entries) {
  const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const items = entries.map((entry) => `<li>${entry.replace(/[&<>"']/g, (mark) => marks[mark])}</li>`);
  return `<ul>${items.join("")}</ul>`;
}
