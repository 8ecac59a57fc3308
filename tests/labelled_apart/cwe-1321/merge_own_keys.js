// secure: keys that lead to a prototype are skipped
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

function defaults(target, source) {
  for (const key of Object.keys(source)) {
    if (FORBIDDEN.has(key)) continue;
    const value = source[key];
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      const own = Object.prototype.hasOwnProperty.call(target, key) ? target[key] : {};
      target[key] = defaults(own, value);
    } else {
      target[key] = value;
    }
  }
  return target;
}

module.exports = { defaults };
