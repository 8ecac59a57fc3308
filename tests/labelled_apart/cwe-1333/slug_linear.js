// secure: one class, one repetition
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
exports.isSlug = (text) => text.length < 100 && SLUG.test(text);
