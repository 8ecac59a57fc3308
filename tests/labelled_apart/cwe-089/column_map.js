// secure: the column comes from a map of ours, the limit is a number
const sqlite3 = require('sqlite3');

const COLUMNS = { title: 'title', newest: 'year DESC' };
const db = new sqlite3.Database('books.db');

exports.shelf = (order, limit, done) => {
  const column = Object.hasOwn(COLUMNS, order) ? COLUMNS[order] : 'title';
  db.all(`SELECT title FROM books ORDER BY ${column} LIMIT ?`, [Number.parseInt(limit, 10) || 10], done);
};
