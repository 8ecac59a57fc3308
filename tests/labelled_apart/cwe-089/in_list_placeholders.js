// secure: one placeholder a value
const mysql = require('mysql2');

const pool = mysql.createPool({ database: 'stock' });

exports.items = (names, done) => {
  const list = Array.isArray(names) ? names : [names];
  pool.query(`SELECT name, amount FROM items WHERE name IN (${list.map(() => '?').join(', ')})`, list, done);
};
