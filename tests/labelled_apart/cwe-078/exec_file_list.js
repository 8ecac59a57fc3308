// secure: no shell, and -- before what the user gave
const { execFile } = require('child_process');

exports.countLines = (file, done) => {
  execFile('wc', ['-l', '--', file], (error, stdout) => done(error, stdout));
};
