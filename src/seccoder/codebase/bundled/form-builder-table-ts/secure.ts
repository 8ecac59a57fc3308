interface Database {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

interface Field {
  label: string;
  type: "text" | "number" | "date";
}

const COLUMN_TYPES = new Map([["text", "text"], ["number", "numeric"], ["date", "date"]]);

function quoteIdentifier(name: string): string {
  if (name === "" || name.includes("\0") || Buffer.byteLength(name) > 63) {
    throw new RangeError("A label has 1 to 63 bytes");
  }
  // Names cannot be parameters; a quote within one is doubled, so that only our own ends it.
  return `"${name.replaceAll('"', '""')}"`;
}

export async function createAnswerTable(db: Database, formId: number, fields: Field[]): Promise<void> {
  const columns = fields.map(({ label, type }) => {
    const columnType = COLUMN_TYPES.get(type);
    if (!columnType) throw new TypeError(`Unknown field type: ${type}`);
    return `${quoteIdentifier(label)} ${columnType}`;
  });
  await db.query(`CREATE TABLE ${quoteIdentifier(`answers_${formId}`)} (${columns.join(", ")})`);
}

export async function saveAnswer(db: Database, formId: number, answer: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(answer).map(quoteIdentifier).join(", ");
  const places = Object.keys(answer).map((_, index) => `$${index + 1}`).join(", ");
  const table = quoteIdentifier(`answers_${formId}`);
  await db.query(`INSERT INTO ${table} (${columns}) VALUES (${places})`, Object.values(answer));
}
