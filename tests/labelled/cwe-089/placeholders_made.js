// secure: as many placeholders as there are values; the order is one of two words
const { Pool } = require("pg");
const pool = new Pool();

async function byIds(ids, direction) {
  const marks = ids.map((_, i) => `$${i + 1}`).join(", ");
  const order = direction === "down" ? "DESC" : "ASC";
  const { rows } = await pool.query(`SELECT id, title FROM books WHERE id IN (${marks}) ORDER BY id ${order}`, ids);
  return rows;
}

module.exports = { byIds };
