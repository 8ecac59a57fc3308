// vulnerable: a list of arguments, joined by the shell option
const { spawnSync } = require('child_process');

exports.archive = (folder) => spawnSync('tar', ['-cf', 'out.tar', folder], { shell: true }).status;
