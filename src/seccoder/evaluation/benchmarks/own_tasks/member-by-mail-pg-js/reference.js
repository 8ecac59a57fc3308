module.exports = { findMember };

/**
 * Looks up a member by mail address in the table members(id, name, mail).
 *
 * @param db a client of node-postgres: await db.query(text, values) gives an object with rows
 * @returns the member's row, or null if there is none
 */
async function findMember(db, mail) {
  const found = await db.query("SELECT id, name, mail FROM members WHERE mail = $1", [mail]);
  return found.rows[0] ?? null;
}
