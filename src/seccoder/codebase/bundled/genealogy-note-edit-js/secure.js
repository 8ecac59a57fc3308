export async function updateNote(knex, userId, noteId, text) {
  // The note's own tree must be one of the user's, and the database checks it with the change.
  const changed = await knex("notes")
    .where({ id: noteId })
    .whereIn("tree_id", knex("tree_editors").select("tree_id").where({ user_id: userId }))
    .update({ text: String(text).slice(0, 5000) });
  return changed === 1;
}
