// secure: every object that takes foreign keys has no prototype, and one level only
exports.parseForm = (text) => {
  const form = Object.create(null);
  for (const [key, value] of new URLSearchParams(text)) form[key] = value;
  return form;
};
