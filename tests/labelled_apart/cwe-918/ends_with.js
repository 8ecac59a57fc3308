// vulnerable: evilexample.com ends with example.com, too
const http = require('http');
const { URL } = require('url');

exports.mirror = function mirror(address, done) {
  const url = new URL(address);
  if (!url.hostname.endsWith('example.com')) {
    return done(new Error('host refused'));
  }
  http.get(url, (answer) => {
    let text = '';
    answer.on('data', (chunk) => { text += chunk; });
    answer.on('end', () => done(null, text));
  }).on('error', done);
};
