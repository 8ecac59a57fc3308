// secure: resolved, and compared with the folder and its separator
const fs = require('fs');
const path = require('path');

const ROOT = path.resolve('public');

exports.readPublic = (name) => {
  const file = path.resolve(ROOT, name);
  if (!file.startsWith(ROOT + path.sep)) throw new Error('outside');
  return fs.readFileSync(file, 'utf8');
};
