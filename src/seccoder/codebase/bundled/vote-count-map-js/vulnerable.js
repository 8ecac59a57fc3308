function countVotes(names) {
  const counts = {};
  for (const name of names) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.entries(counts).sort(([, one], [, other]) => other - one);
}

module.exports = { countVotes };
