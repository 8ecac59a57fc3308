module.exports = { matches };

/**
 * Tells whether a mail fits a rule: its field (a number) compared with the value by the operator <, >, <=, >= or ==.
 */
function matches(mail, field, operator, value) {
  return eval(`mail.${field} ${operator} ${value}`);
}
