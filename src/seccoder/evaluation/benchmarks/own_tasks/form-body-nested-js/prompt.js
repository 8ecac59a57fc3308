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
