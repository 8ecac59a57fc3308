// secure: data is parsed as data
const express = require('express');
const app = express();

app.get('/sum', (req, res) => {
  const numbers = JSON.parse(req.query.numbers || '[]');
  if (!Array.isArray(numbers)) return res.status(400).send('a list, please');
  res.send(String(numbers.reduce((total, n) => total + Number(n), 0)));
});

module.exports = app;
