function cell(value) {
  if (typeof value === "number") return String(value);
  return `"${value.replaceAll('"', '""')}"`;
}

export function toCsv(rows) {
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}
