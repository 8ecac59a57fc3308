// vulnerable: ....// becomes ../ when ../ is removed once
const fs = require('fs');

exports.template = (name) => {
  const clean = name.replace(/\.\.\//g, '');
  return fs.readFileSync('templates/' + clean, 'utf8');
};
