module.exports = { insertReadings };

/**
 * Inserts the readings of an uploaded CSV file with one statement: INSERT INTO readings(station, time, value, note)
 * VALUES with a row in parentheses per reading.
 *
 * @param {{query: (text: string, values?: any[]) => Promise<{rowCount: number}>}} pool of node-postgres
 * @param {{station: string, time: string, value: string, note: string}[]} rows as the CSV parser gave them; the values
 *     are decimal numbers such as "12.5"; Postgres converts them
 * @returns {Promise<number>} how many were inserted; without rows nothing is asked of the database
 */
async function insertReadings(pool, rows) {
  if (rows.length === 0) return 0;
  const values = [];
  const tuples = rows.map((row) => {
    values.push(row.station, row.time, row.value, row.note);
    const last = values.length;
    return `($${last - 3}, $${last - 2}, $${last - 1}, $${last})`;
  });
  const text = `INSERT INTO readings(station, time, value, note) VALUES ${tuples.join(", ")}`;
  return (await pool.query(text, values)).rowCount;
}
