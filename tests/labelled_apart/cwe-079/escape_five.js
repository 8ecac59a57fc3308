// secure: five characters escaped, text context
const express = require('express');
const app = express();

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text) => String(text).replace(/[&<>"']/g, (c) => ENTITIES[c]);

app.get('/profile', (req, res) => {
  res.send(`<p title="${escapeHtml(req.query.name || '')}">${escapeHtml(req.query.name || '')}</p>`);
});

module.exports = app;
