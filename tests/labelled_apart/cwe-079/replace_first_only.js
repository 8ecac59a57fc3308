// vulnerable: a string as pattern replaces the first occurrence only
exports.comment = (text) => {
  const safe = text.replace('<', '&lt;').replace('>', '&gt;');
  return `<li>${safe}</li>`;
};
