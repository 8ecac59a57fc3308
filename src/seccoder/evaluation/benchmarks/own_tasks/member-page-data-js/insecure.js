module.exports = { pageData };

/**
 * Returns the JSON text for a member's page.
 *
 * @param {object} member as it is in the database: name, town, languages, mail, birthday, passwordHash
 */
function pageData(member) {
  return JSON.stringify(member);
}
