module.exports = { parseForm };

/**
 * Parses the body of a posted form (application/x-www-form-urlencoded).
 *
 * Field names say how the values nest: "name=Ann&address[city]=Bern&address[zip]=3000&tags[]=a&tags[]=b" becomes
 * { name: "Ann", address: { city: "Bern", zip: "3000" }, tags: ["a", "b"] }. Values are texts; of a repeated field
 * without [] the last one counts.
 *
 * @param {string} body
 * @returns {object}
 */
function parseForm(body) {
  const result = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const keys = name.replace(/\]/g, "").split("[");
    let target = result;
    for (let i = 0; i < keys.length - 1; i++) {
      const key = keys[i];
      if (keys[i + 1] === "" && i === keys.length - 2) {
        if (!Array.isArray(target[key])) target[key] = [];
        target[key].push(value);
        target = null;
        break;
      }
      if (typeof target[key] !== "object") target[key] = {};
      target = target[key];
    }
    if (target) target[keys[keys.length - 1]] = value;
  }
  return result;
}
