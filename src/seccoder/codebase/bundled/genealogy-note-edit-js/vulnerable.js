export async function updateNote(knex, userId, noteId, text) {
  const trees = await knex("tree_editors").select("tree_id").where({ user_id: userId });
  if (trees.length === 0) return false;
  const changed = await knex("notes").where({ id: noteId }).update({ text: String(text).slice(0, 5000) });
  return changed === 1;
}
