async function searchFlats(client, { districts = [], maxRent, title } = {}) {
  const values = [];
  const placeholder = (value) => `$${values.push(value)}`;

  const conditions = ["published"];
  if (districts.length > 0) {
    conditions.push(`district IN ('${districts.join("', '")}')`);
  }
  if (maxRent !== undefined) {
    conditions.push(`rent <= ${placeholder(maxRent)}`);
  }
  if (title) {
    conditions.push(`title ILIKE ${placeholder(`%${title.replace(/[\\%_]/g, "\\$&")}%`)}`);
  }
  const { rows } = await client.query(
    `SELECT id, title, district, rent FROM flats WHERE ${conditions.join(" AND ")} ORDER BY rent, id LIMIT 50`,
    values,
  );
  return rows;
}

module.exports = { searchFlats };
