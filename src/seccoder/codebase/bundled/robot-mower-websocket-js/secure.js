import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text) => createHash("sha256").update(text).digest();

export function onConnection(socket, mower, token) {
  const expected = digest(token);
  let known = false;

  socket.on("message", (text) => {
    let message;
    try {
      message = Object(JSON.parse(text));
    } catch {
      return socket.close(1003);
    }
    if (message.type === "stop") return mower.stop(); // safety first: everybody may stop it
    if (message.type === "auth") {
      known = typeof message.token === "string" && timingSafeEqual(digest(message.token), expected);
      return known ? socket.send('{"type":"welcome"}') : socket.close(1008);
    }
    // Until the token was right, nothing else is done for this connection.
    if (!known) return socket.close(1008);
    if (message.type === "drive" && Number.isFinite(message.speed) && Number.isFinite(message.turn)) mower.drive(message.speed, message.turn);
  });
}
