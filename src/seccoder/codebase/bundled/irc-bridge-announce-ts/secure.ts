const MAX_BYTES = 510;

export interface Socket {
  write(text: string): void;
}

// Not only \n: servers end a line at \r as well, and NUL or \x01 have meanings of their own.
const plain = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

export function announce(socket: Socket, channel: string, nickname: string, title: string): void {
  if (!/^#[a-z0-9_-]{1,40}$/.test(channel)) throw new RangeError("Not a channel of ours");
  let line = `PRIVMSG ${channel} :${plain(nickname)} opened: ${plain(title)}`;
  while (Buffer.byteLength(line) > MAX_BYTES) line = [...line].slice(0, -1).join("");
  socket.write(`${line}\r\n`);
}
