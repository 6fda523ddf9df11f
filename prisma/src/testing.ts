// A fresh, migrated database for a test, on the PostgreSQL server that the test run shares (scripts/test/global-setup.ts).
import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createDb, type Db } from "./client";
import { keepDocuments } from "./keep-documents";
import { migrate } from "./migrate";
import { listMigrations } from "./migration-files";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser URL of the run's PostgreSQL, which starts with the first connection to it. */
    postgresUrl: string;
    /** "127.0.0.1:<port>" of the run's Temporal dev server, which starts with the first connection; "" when this machine has none. */
    temporalAddress: string;
  }
}

export interface TestDatabase {
  url: string;
  db: Db;
  /** Disconnects and drops the database. */
  close(this: void): Promise<void>;
}

/** Makes a database of its own from a template that is migrated once per run: tens of milliseconds. For `beforeAll`/`beforeEach`. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const makeCopy = async (admin: pg.Client): Promise<unknown> =>
    admin.query(`CREATE DATABASE ${name} TEMPLATE ${await migratedTemplate(server, admin)}`);
  await asAdmin(server, makeCopy, true);
  const url = urlOf(server, name);
  // As many as a worker has: one of its tests works beside it, on the same client.
  const db = createDb(url, { max: 20 });
  const close = async (): Promise<void> => {
    await db.$disconnect();
    const release = process.env.HOMEPORT_KEEP_DOCUMENTS;
    if (release) await keepDocuments(url, release);
    await asAdmin(server, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { url, db, close };
}

/** Named by what is in it, so that it is made by whichever test comes first and reused by all others. */
async function migratedTemplate(server: string, admin: pg.Client): Promise<string> {
  const migrations = await listMigrations();
  const hash = createHash("sha256").update(JSON.stringify(migrations)).digest("hex").slice(0, 16);
  const name = `template_${hash}`;
  const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (rowCount) return name;
  const half = `half_${hash}`;
  await admin.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`);
  await migrate(urlOf(server, half), migrations);
  await admin.query(`ALTER DATABASE ${half} RENAME TO ${name}`);
  return name;
}

/** `exclusive`: one test process at a time; PostgreSQL cannot copy a template that another session uses. */
async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>, exclusive = false): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (exclusive) await client.query("SELECT pg_advisory_lock(4873)");
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
