type Field = string | number | boolean | null | undefined;

function quote(text: string): string {
  if (/^[\w./:@+-]+$/.test(text)) return text;
  // One event, one line: JSON escapes quotes and line breaks, the rest covers what terminals and viewers obey.
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function logLine(event: string, fields: Record<string, Field>): string {
  const pairs = Object.entries({ event, ...fields })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key.replace(/\W/g, "_")}=${quote(String(value))}`);
  return pairs.join(" ");
}
