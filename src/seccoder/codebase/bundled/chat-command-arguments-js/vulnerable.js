const COMMAND = /^\/([a-z]+)((?:\s+(?:"(?:[^"\\]|\\.|\s)*"|[^\s"]+))*)\s*$/s;

function parseCommand(message) {
  const command = message.length > 4000 ? null : COMMAND.exec(message);
  if (!command) return null;

  const args = [];
  for (const match of command[2].matchAll(/\s+(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/gs)) {
    args.push(match[2] ?? match[1].replace(/\\(.)/gs, "$1"));
  }
  return { name: command[1], args };
}

module.exports = { parseCommand };
