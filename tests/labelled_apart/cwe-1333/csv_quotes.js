// vulnerable: alternatives that overlap, repeated
const FIELD = /^("([^"]|"")*"|[^,]*)(,("([^"]|"")*"|[^,]*|(\w+\s?)*))*$/;
exports.isCsv = (line) => FIELD.test(line);
exports.words = (line) => /^(\w+\s?)*$/.test(line);
