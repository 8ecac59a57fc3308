export async function punch(pool, cardId, gate) {
  const { rows } = await pool.query("SELECT visits_left FROM cards WHERE id = $1", [cardId]);
  if (rows.length === 0 || rows[0].visits_left <= 0) {
    return null;
  }
  const left = rows[0].visits_left - 1;
  await pool.query("UPDATE cards SET visits_left = $1 WHERE id = $2", [left, cardId]);
  await pool.query("INSERT INTO visits (card_id, gate) VALUES ($1, $2)", [cardId, gate]);
  return left;
}
