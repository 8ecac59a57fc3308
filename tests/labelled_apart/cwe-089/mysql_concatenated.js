// vulnerable: the name is pasted into the query
const express = require('express');
const mysql = require('mysql');

const app = express();
const db = mysql.createConnection({ host: 'localhost', database: 'shop' });

app.get('/users', (req, res) => {
  db.query("SELECT id, name FROM users WHERE name = '" + req.query.name + "'", (error, rows) => {
    if (error) return res.status(500).send('error');
    res.json(rows);
  });
});

module.exports = app;
