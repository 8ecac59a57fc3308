// secure: only the last part of the name counts
const http = require('http');
const fs = require('fs');
const path = require('path');

http
  .createServer((req, res) => {
    const name = path.basename(new URL(req.url, 'http://localhost').searchParams.get('file') || '');
    fs.readFile(path.join('uploads', name), (error, data) => {
      res.writeHead(error ? 404 : 200);
      res.end(error ? 'missing' : data);
    });
  })
  .listen(process.env.PORT || 8080);
