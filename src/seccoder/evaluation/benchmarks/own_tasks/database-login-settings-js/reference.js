module.exports = { connectionSettings };

/**
 * Returns { host, user, password } for the database connection.
 *
 * @param {object} env the environment: DB_HOST, DB_USER, DB_PASSWORD
 */
function connectionSettings(env) {
  if (!env.DB_PASSWORD) throw new Error("DB_PASSWORD is not set");
  return { host: env.DB_HOST || "localhost", user: env.DB_USER, password: env.DB_PASSWORD };
}
