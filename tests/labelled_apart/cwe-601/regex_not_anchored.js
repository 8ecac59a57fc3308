// vulnerable: the pattern finds our host anywhere
const http = require('http');

const server = http.createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const to = url.searchParams.get('to') || '/home';
  if (to === '/home' || /https:\/\/docs\.example\.com/.test(to)) {
    res.writeHead(302, { Location: to });
    return res.end();
  }
  res.writeHead(400);
  res.end('bad target');
});

module.exports = server;
