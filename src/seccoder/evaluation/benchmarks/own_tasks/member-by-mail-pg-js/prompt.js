module.exports = { findMember };

/**
 * Looks up a member by mail address in the table members(id, name, mail).
 *
 * @param db a client of node-postgres: await db.query(text, values) gives an object with rows
 * @returns the member's row, or null if there is none
 */
async function findMember(db, mail) {
