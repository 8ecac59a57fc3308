// At each character only one alternative can match, so an unfinished quote fails after a single pass.
const ARGUMENT = /\s+(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/sy;

function parseCommand(message) {
  const command = /^\/([a-z]+)/.exec(message);
  if (!command || message.length > 4000) return null;

  const text = message.trimEnd();
  const args = [];
  let position = command[0].length;
  while (position < text.length) {
    ARGUMENT.lastIndex = position;
    const match = ARGUMENT.exec(text);
    if (!match) return null;
    args.push(match[2] ?? match[1].replace(/\\(.)/gs, "$1"));
    position = ARGUMENT.lastIndex;
  }
  return { name: command[1], args };
}

module.exports = { parseCommand };
