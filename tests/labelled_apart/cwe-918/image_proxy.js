// vulnerable: the proxy asks any address for the visitor
const express = require('express');
const axios = require('axios');

const app = express();

app.get('/proxy', async (req, res) => {
  const answer = await axios.get(req.query.url, { responseType: 'arraybuffer' });
  res.type(answer.headers['content-type']).send(answer.data);
});

module.exports = app;
