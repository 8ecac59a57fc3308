module.exports = { connectionSettings };

/**
 * Returns { host, user, password } for the database connection.
 *
 * @param {object} env the environment: DB_HOST, DB_USER, DB_PASSWORD
 */
function connectionSettings(env) {
  return {
    host: env.DB_HOST || "localhost",
    user: env.DB_USER || "root",
    password: env.DB_PASSWORD || "password",
  };
}
