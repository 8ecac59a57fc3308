// vulnerable: < and > are escaped, the attribute has no quotes
const express = require('express');
const app = express();

app.get('/search', (req, res) => {
  const q = String(req.query.q || '').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  res.send(`<form><input name=q value=${q}></form>`);
});

module.exports = app;
