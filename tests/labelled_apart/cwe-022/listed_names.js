// secure: only names that the folder lists
const fs = require('fs');

exports.song = function song(name) {
  const known = fs.readdirSync('songs').filter((entry) => entry.endsWith('.txt'));
  if (!known.includes(name)) return null;
  return fs.readFileSync(`songs/${name}`, 'utf8');
};
