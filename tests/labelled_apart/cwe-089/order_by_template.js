// vulnerable: the value is bound, the column is not checked
const sqlite3 = require('sqlite3');

const db = new sqlite3.Database('books.db');

exports.list = (author, column, done) => {
  db.all(`SELECT title, year FROM books WHERE author = ? ORDER BY ${column}`, [author], done);
};
