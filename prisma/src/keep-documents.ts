// Keeps what is written into JSON columns as files of prisma/releases/documents: one for each form that a column's documents have,
// so that a later version can be shown to read them all. `HOMEPORT_KEEP_DOCUMENTS=<release>` makes each test database do it as it ends.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";

const FOLDER = path.join(import.meta.dirname, "../releases/documents");
/** Of one column and release: documents whose keys are data (a task's id) have a form each. */
const MOST = 12;

export async function keepDocuments(url: string, release: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const columns = await client.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'jsonb' ORDER BY 1, 2`,
    );
    for (const { table, column } of columns.rows) {
      const { rows } = await client.query<{ document: unknown }>(
        `SELECT DISTINCT "${column}" AS document FROM "${table}" WHERE jsonb_typeof("${column}") = 'object'`,
      );
      for (const { document } of rows) keep(`${table}.${column}`, release, document);
    }
  } finally {
    await client.end();
  }
}

function keep(column: string, release: string, document: unknown): void {
  const folder = path.join(FOLDER, column);
  const form = createHash("sha256")
    .update(JSON.stringify(formOf(document)))
    .digest("hex")
    .slice(0, 8);
  mkdirSync(folder, { recursive: true });
  const there = readdirSync(folder);
  if (there.some((file) => file.endsWith(`-${form}.json`))) return;
  if (there.filter((file) => file.startsWith(`${release}-`)).length >= MOST) return;
  const file = path.join(folder, `${release}-${form}.json`);
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
}

/** Keys and kinds of values, without the values. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(formOf(one))))].sort();
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.entries(value)
    .map(([key, one]): [string, unknown] => [key, formOf(one)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
