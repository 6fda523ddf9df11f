// What was applied to a database: Prisma's own table, so that `prisma migrate dev` and the product read the same history.
import type { Client } from "pg";
import { isChecksumOf, type Migration } from "./migration-files";

/** As Prisma's schema engine creates it (schema-engine, sql-schema-connector, `create_migrations_table`). */
const TABLE = `CREATE TABLE "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface Applied {
  name: string;
  checksum: string;
}

/** Creates the table in an empty database. Throws for a database that holds the tables of another program. */
export async function prepareHistory(client: Client): Promise<void> {
  const { rows } = await client.query<{ history: boolean; tables: number }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS history,
       (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables`,
  );
  if (rows[0]?.history) return;
  if (rows[0]?.tables !== 0)
    throw new Error(
      `This database holds ${rows[0]?.tables} tables that Homeport did not create, and no record of Homeport's migrations. ` +
        "Nothing was changed. Give Homeport a database of its own: name a new one in DATABASE_URL, and it is created.",
    );
  await client.query(TABLE);
}

/**
 * The migrations that are not applied yet. One that was begun and never finished, as Prisma's engine recorded a failed one, is among them:
 * it was sent as one implicit transaction and left nothing. Throws when the database is not one of this version.
 */
export async function pendingMigrations(client: Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<Applied>(
    `SELECT migration_name AS name, checksum FROM "_prisma_migrations"
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const ours = new Map(migrations.map((migration) => [migration.name, migration.sql]));
  const unknown = rows.filter(({ name }) => !ours.has(name)).map(({ name }) => name);
  if (unknown.length > 0)
    throw new Error(
      `This database was used by another version of Homeport: ${listed(unknown)} applied to it, which this version does not have. ` +
        "Nothing was changed. Start the version that you used last, or put back the backup from before it.",
    );
  const edited = rows.filter(({ name, checksum }) => !isChecksumOf(ours.get(name) ?? "", checksum));
  if (edited.length > 0)
    throw new Error(
      `${listed(edited.map(({ name }) => name))} applied to this database with other content than this version has in prisma/migrations. ` +
        "Nothing was changed. Put the files back as they were (git status shows what changed), or start the version that applied them.",
    );
  const applied = new Set(rows.map(({ name }) => name));
  return migrations.filter(({ name }) => !applied.has(name));
}

function listed(names: readonly string[]): string {
  const [first = "", ...rest] = names;
  return rest.length === 0
    ? `migration ${first} was`
    : `${names.length} migrations (${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}) were`;
}
