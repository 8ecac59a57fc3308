module.exports = { matches };

/**
 * Tells whether a file's name matches a wildcard that was typed into the filter field.
 *
 * "*" stands for any characters, also none; "?" for exactly one; everything else for itself.
 *
 * @param {string} wildcard such as "*.log" or "backup-??.tar.*"
 * @param {string} name such as "error.log"
 * @returns {boolean}
 */
function matches(wildcard, name) {
  const source = wildcard
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[\\s\\S]*")
    .replace(/\?/g, "[\\s\\S]");
  return new RegExp(`^${source}$`).test(name);
}
