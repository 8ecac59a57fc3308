const MINUTES: Record<string, number> = { h: 60, m: 1, "": 1 };
const DURATION = /^(\d+\s*[hm]?\s*)+$/;

export function parseDuration(text: string): number | null {
  const typed = text.trim().toLowerCase();
  if (!DURATION.test(typed)) return null;
  let minutes = 0;
  for (const [, amount, unit] of typed.matchAll(/(\d+)\s*([hm]?)/g)) {
    minutes += Number(amount) * MINUTES[unit];
  }
  return Number.isSafeInteger(minutes) ? minutes : null;
}
