const MINUTES: Record<string, number> = { h: 60, m: 1, "": 1 };

export function parseDuration(text: string): number | null {
  // One part at a time from where the last one ended: there is only one way to read a text, so none to go back to.
  const part = /(\d+)\s*([hm]?)\s*/gy;
  const typed = text.trim().toLowerCase();
  let minutes = 0;
  let end = 0;
  for (let match = part.exec(typed); match; match = part.exec(typed)) {
    minutes += Number(match[1]) * MINUTES[match[2]];
    end = part.lastIndex;
  }
  return typed !== "" && end === typed.length && Number.isSafeInteger(minutes) ? minutes : null;
}
