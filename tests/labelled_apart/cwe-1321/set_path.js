// vulnerable: a path may walk through constructor.prototype
exports.setPath = (object, path, value) => {
  const keys = path.split('.');
  let place = object;
  for (const key of keys.slice(0, -1)) {
    if (key === '__proto__') throw new Error('no');
    place = place[key] = place[key] || {};
  }
  place[keys[keys.length - 1]] = value;
  return object;
};
