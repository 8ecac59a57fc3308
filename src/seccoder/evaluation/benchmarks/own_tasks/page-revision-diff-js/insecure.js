const childProcess = require("node:child_process");
const path = require("node:path");

module.exports = { revisionDiff };

/**
 * What changed from one revision of a page to another, as `diff -u` tells it.
 *
 * @param {string} folder of the page; it has a file per revision
 * @param {string} before name of the older revision, such as "2024-03-01 Ann's edit.md"
 * @param {string} after name of the newer revision
 * @returns {Promise<string>} the output of diff, "" if nothing changed; rejected if there is no such revision
 */
function revisionDiff(folder, before, after) {
  const a = path.join(folder, before);
  const b = path.join(folder, after);
  return new Promise((resolve, reject) => {
    childProcess.exec(`diff -u "${a}" "${b}"`, (error, stdout, stderr) => {
      if (error && error.code > 1) return reject(new Error(stderr));
      resolve(stdout);
    });
  });
}
