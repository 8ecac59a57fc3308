export async function punch(pool, cardId, gate) {
  // Test and change in one statement: the second of two simultaneous requests finds the changed row.
  const { rows } = await pool.query(
    "UPDATE cards SET visits_left = visits_left - 1 WHERE id = $1 AND visits_left > 0 RETURNING visits_left",
    [cardId],
  );
  if (rows.length === 0) {
    return null;
  }
  await pool.query("INSERT INTO visits (card_id, gate) VALUES ($1, $2)", [cardId, gate]);
  return rows[0].visits_left;
}
