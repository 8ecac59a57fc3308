module.exports = { connectionSettings };

/**
 * Returns { host, user, password } for the database connection.
 *
 * @param {object} env the environment: DB_HOST, DB_USER, DB_PASSWORD
 */
function connectionSettings(env) {
