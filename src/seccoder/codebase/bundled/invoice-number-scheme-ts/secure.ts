export function invoiceNumber(scheme: string, date: Date, sequence: number): string {
  const fields: Record<string, string> = {
    year: String(date.getUTCFullYear()),
    month: String(date.getUTCMonth() + 1).padStart(2, "0"),
    seq: String(sequence),
  };
  // A scheme is text with known fields, never a program.
  return scheme.replace(/\{([^{}]*)\}/g, (_whole, inside: string) => {
    const [, name, width] = /^(year|month|seq)(?::([1-9]))?$/.exec(inside.trim()) ?? [];
    if (name === undefined) throw new RangeError(`There is no field {${inside}}`);
    return fields[name].padStart(Number(width ?? 0), "0");
  });
}
