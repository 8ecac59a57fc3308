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
  let w = 0;
  let n = 0;
  let star = -1; // the last one seen, and where in the name it stops for now
  let from = 0;
  while (n < name.length) {
    if (wildcard[w] === "*") {
      star = w++;
      from = n;
    } else if (w < wildcard.length && (wildcard[w] === "?" || wildcard[w] === name[n])) {
      w++;
      n++;
    } else if (star >= 0) {
      w = star + 1; // only the last star has to give way: at most length times length steps
      n = ++from;
    } else {
      return false;
    }
  }
  while (wildcard[w] === "*") w++;
  return w === wildcard.length;
}
