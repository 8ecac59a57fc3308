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
  const root = Object.create(null); // nothing here inherits, so no name is special
  for (const [name, value] of new URLSearchParams(body)) {
    const keys = [name.split("[", 1)[0], ...[...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1])];
    const isList = keys.length > 1 && keys.at(-1) === "";
    if (isList) keys.pop();
    let target = root;
    for (const key of keys.slice(0, -1)) {
      if (typeof target[key] !== "object" || Array.isArray(target[key])) target[key] = Object.create(null);
      target = target[key];
    }
    const last = keys.at(-1);
    if (!isList) target[last] = value;
    else if (Array.isArray(target[last])) target[last].push(value);
    else target[last] = [value];
  }
  return root;
}
