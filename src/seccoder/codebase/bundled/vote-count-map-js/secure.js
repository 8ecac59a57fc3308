function countVotes(names) {
  // A Map has no inherited keys: "constructor" is a name like any other.
  const counts = new Map();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one);
}

module.exports = { countVotes };
