import { randomUUID } from "node:crypto";

export type Row = Record<string, string>;
export type Failure = { row: number; reason: string };
export type Log = (message: string, error: unknown) => void;

export class RowError extends Error {}

function check(row: Row): void {
  if (!row.name?.trim()) throw new RowError("The name is missing");
  if (!/^\d{4}-\d\d-\d\d$/.test(row.born ?? "")) throw new RowError("The date of birth is not like 2001-12-31");
}

export async function importMembers(rows: Row[], save: (row: Row) => Promise<void>, log: Log) {
  const failed: Failure[] = [];
  for (const [index, row] of rows.entries()) {
    try {
      check(row);
      await save(row);
    } catch (error) {
      if (error instanceof RowError) {
        failed.push({ row: index + 1, reason: error.message });
        continue;
      }
      // Messages of the database name tables, hosts and values: they are for us, the reference is for the club.
      const reference = randomUUID();
      log(`Import ${reference}, row ${index + 1}`, error);
      failed.push({ row: index + 1, reason: `It could not be saved (reference ${reference})` });
    }
  }
  return { saved: rows.length - failed.length, failed };
}
