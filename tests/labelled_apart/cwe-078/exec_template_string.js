// vulnerable: the host goes through a shell
const { exec } = require('child_process');

exports.ping = (host, done) => {
  exec(`ping -c 1 ${host}`, (error, stdout) => done(error, stdout));
};
