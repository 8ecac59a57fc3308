import { appendFileSync } from "node:fs";

export function logChat(path, player, text, time = new Date()) {
  const entry = `{"time":"${time.toISOString()}","player":"${player}","text":"${text}"}`;
  appendFileSync(path, `${entry}\n`);
}
