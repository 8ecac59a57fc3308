// vulnerable: with the m flag ^ and $ match at every line
const { execSync } = require('child_process');

exports.branch = (name) => {
  if (!/^[\w-]+$/m.test(name)) throw new Error('bad name');
  return execSync('echo branch ' + name).toString();
};
