// vulnerable: quotes around the branch, which the branch may hold itself
const { execSync } = require("node:child_process");

class Mirror {
  constructor(folder) {
    this.folder = folder;
  }

  checkout(branch) {
    return execSync(`git checkout -q "${branch}"`, { cwd: this.folder, encoding: "utf8" });
  }
}

module.exports = { Mirror };
