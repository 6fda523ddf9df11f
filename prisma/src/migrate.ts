// Brings a database to the schema of this version: each migration in a transaction of its own, or not at all.
// The product's own way, over `pg`: Prisma's engine is for `prisma migrate dev` alone (schema-engine.mjs).
import { randomUUID } from "node:crypto";
import pg from "pg";
import { checksumOf, listMigrations, type Migration } from "./migration-files";
import { pendingMigrations, prepareHistory } from "./migration-history";

/** The key of Prisma's own advisory lock, so that `prisma migrate dev` waits for a start and a start for it. */
const LOCK = 72_707_369;
const CONNECT_MS = 10_000;
/** For the lock above, and for each table that an older worker still uses. */
const LOCK_TIMEOUT_MS = 60_000;

/**
 * Creates the database when it is missing and applies what is pending. Answers the names applied; does nothing, quickly, when
 * there is none. Throws, with the database as it was before it, for a migration that fails (those before it stay applied), for one that
 * was edited after it was applied, and for a database of another version.
 */
export async function migrate(url: string, migrations?: readonly Migration[]): Promise<string[]> {
  await createMissing(url);
  return connected(url, async (client) => {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]).catch((error: unknown) => {
      if (!hasCode(error, "55P03")) throw error;
      throw new Error(
        `Another start has been migrating this database for ${LOCK_TIMEOUT_MS / 1_000} s. Wait until it is done, then start again.`,
        { cause: error },
      );
    });
    await prepareHistory(client);
    const pending = await pendingMigrations(client, migrations ?? (await listMigrations()));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  });
}

async function createMissing(url: string): Promise<void> {
  const exists = await connected(url, () => Promise.resolve(true)).catch((error: unknown) => {
    if (hasCode(error, "3D000")) return false;
    throw error;
  });
  if (exists) return;
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  await connected(maintenance.href, async (client) => {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`).catch((error: unknown) => {
      // Another start was faster: "duplicate_database", or its row's unique index when both were at it at once.
      if (!hasCode(error, "42P04") && !hasCode(error, "23505")) throw error;
    });
  });
}

/** The file and its record, both or neither. */
async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  const startedAt = new Date();
  await client.query("BEGIN");
  try {
    await client.query(asOneStatement(client, sql));
    await client.query(
      `UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
      [name],
    );
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, $4, 1)`,
      [randomUUID(), checksumOf(sql), name, startedAt],
    );
    await client.query("COMMIT");
  } catch (error) {
    // A connection that broke took its transaction with it.
    await client.query("ROLLBACK").catch(() => undefined);
    const outcome =
      error instanceof pg.DatabaseError
        ? "The database is as it was before it. Fix what the message names, then start again"
        : "It is applied whole or not at all. Start again once PostgreSQL answers";
    throw new Error(`Migration ${name} failed: ${reasonOf(error)}. ${outcome}: what is missing is applied then.`, {
      cause: error,
    });
  }
}

/**
 * Inside EXECUTE, where PostgreSQL itself refuses what would end or cannot share the transaction: COMMIT, CREATE INDEX CONCURRENTLY,
 * VACUUM. Sent bare, a COMMIT in the file would leave half of it behind when the rest fails.
 */
function asOneStatement(client: pg.Client, sql: string): string {
  return `DO LANGUAGE plpgsql ${client.escapeLiteral(`BEGIN EXECUTE ${client.escapeLiteral(sql)}; END`)}`;
}

/** PostgreSQL's message and where in the file. Not its detail: that quotes rows, and a row may hold somebody's address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error.message : String(error);
  const { message, code, constraint, internalPosition, internalQuery } = error;
  const line = internalQuery?.slice(0, Number(internalPosition ?? 0)).split("\n").length;
  const places = [
    `SQLSTATE ${code}`,
    ...(constraint === undefined ? [] : [`constraint ${constraint}`]),
    ...(internalPosition === undefined || line === undefined ? [] : [`line ${line}`]),
  ];
  return `${message} (${places.join(", ")})`;
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true });
  // A server that ends meanwhile fails the query that waits for it; without a listener it would end this process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
