// vulnerable: the name is joined and sent
const express = require('express');
const fs = require('fs');
const path = require('path');

const app = express();

app.get('/manuals/:name', (req, res) => {
  const file = path.join(__dirname, 'manuals', req.params.name);
  fs.readFile(file, 'utf8', (error, text) => {
    if (error) return res.status(404).send('not found');
    res.send(text);
  });
});

module.exports = app;
