// secure: resolved against our own origin, which must stay the same
const express = require('express');
const app = express();
const ORIGIN = 'https://shop.example.com';

app.post('/signin', (req, res) => {
  let target = '/';
  try {
    const url = new URL(String(req.query.next || '/'), ORIGIN);
    if (url.origin === ORIGIN) target = url.pathname + url.search;
  } catch (error) {
    target = '/';
  }
  if (target.startsWith('//')) target = '/';
  res.redirect(target);
});

module.exports = app;
