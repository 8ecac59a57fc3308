function cell(value) {
  if (typeof value === "number") return String(value);
  // Quotes do not help: a spreadsheet takes them off, and then reads "=..." as a formula.
  const text = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

export function toCsv(rows) {
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}
