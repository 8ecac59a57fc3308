// vulnerable: reports-old begins with reports
const fs = require('fs/promises');
const path = require('path');

const BASE = path.resolve('reports');

async function report(name) {
  const file = path.resolve(BASE, name);
  if (!file.startsWith(BASE)) throw new Error('refused');
  return fs.readFile(file, 'utf8');
}

module.exports = { report };
