const zlib = require("node:zlib");

module.exports = { readReport };

const LIMIT = 1024 * 1024; // bytes of a report, unpacked

/**
 * Reads a crash report that our app sent.
 *
 * @param {Buffer} body of the request: gzip-compressed JSON in UTF-8
 * @returns {object} the report
 * @throws {RangeError} if it is larger than LIMIT
 * @throws {Error} if it is no such report
 */
function readReport(body) {
