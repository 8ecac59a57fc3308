type Field = string | number | boolean | null | undefined;

function quote(text: string): string {
  if (/^[\w./:@+-]+$/.test(text)) return text;
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

export function logLine(event: string, fields: Record<string, Field>): string {
  const pairs = Object.entries({ event, ...fields })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key.replace(/\W/g, "_")}=${quote(String(value))}`);
  return pairs.join(" ");
}
