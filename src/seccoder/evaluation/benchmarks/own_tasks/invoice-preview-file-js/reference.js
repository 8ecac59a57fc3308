const crypto = require("node:crypto");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

module.exports = { writePreview };

/**
 * Writes an invoice to a temporary file for the print preview. Other people work on this machine, too.
 *
 * @param {{number: string, html: string}} invoice such as { number: "2024-0017", html: "<h1>..." }
 * @returns {string} path of the file, which ends in .html and is below os.tmpdir()
 */
function writePreview(invoice) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "invoice-")); // new, with a random name, and only ours
  const file = path.join(folder, "preview.html");
  fs.writeFileSync(file, invoice.html, { mode: 0o600, flag: "wx" });
  return file;
}
