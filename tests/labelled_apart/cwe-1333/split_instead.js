// secure: no pattern at all
exports.tags = (text) =>
  String(text)
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag.length > 0 && tag.length <= 30);
