module.exports = { mayEdit };

/**
 * Tells whether a user may edit a page.
 *
 * @param {{name: string, moderator: boolean, blocked: boolean}} user
 * @param {{title: string, author: string}} page author is the name of the user who wrote it
 */
function mayEdit(user, page) {
  return user.moderator || user.name === page.author;
}
