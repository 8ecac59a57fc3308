export function invoiceNumber(scheme: string, date: Date, sequence: number): string {
  const fields: Record<string, string> = {
    year: String(date.getUTCFullYear()),
    month: String(date.getUTCMonth() + 1).padStart(2, "0"),
    seq: String(sequence),
  };
  const template = scheme.replace(/\{([^{}]*?)(?::([1-9]))?\}/g, (_whole, name: string, width = "0") => `\${(${name}).padStart(${width}, "0")}`);
  return new Function(...Object.keys(fields), `return \`${template}\`;`)(...Object.values(fields));
}
