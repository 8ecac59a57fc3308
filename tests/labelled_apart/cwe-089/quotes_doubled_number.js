// vulnerable: quotes are doubled, but the number stands without quotes
const mysql = require('mysql2');

const pool = mysql.createPool({ database: 'forum' });

exports.thread = (id, done) => {
  const clean = String(id).replace(/'/g, "''");
  pool.query(`SELECT * FROM threads WHERE id = ${clean}`, done);
};
