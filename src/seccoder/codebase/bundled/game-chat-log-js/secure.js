import { appendFileSync } from "node:fs";

export function logChat(path, player, text, time = new Date()) {
  // JSON escapes line ends and control characters: an entry cannot become two.
  const entry = JSON.stringify({ time: time.toISOString(), player, text });
  appendFileSync(path, `${entry.replace(/[\u007f-\u009f\u2028\u2029]/g, "\ufffd")}\n`);
}
