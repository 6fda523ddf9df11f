// How an installation's database comes to this version, and what stands in the way: on a real PostgreSQL, by the product's own way.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { migrate } from "./migrate";
import { checksumOf, listMigrations, type Migration } from "./migration-files";

const one = { name: "20260101000000_one", sql: `CREATE TABLE "Lab" ("id" INT PRIMARY KEY);\n` };
const two = {
  name: "20260102000000_two",
  sql: `INSERT INTO "Lab" VALUES (1);\nALTER TABLE "Lab" ADD COLUMN "name" TEXT;\n`,
};

let url: string;
let name: string;
beforeEach(() => {
  name = `migrate_${randomBytes(6).toString("hex")}`;
  const at = new URL(inject("postgresUrl"));
  at.pathname = `/${name}`;
  url = at.href;
});
afterEach(() => query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, inject("postgresUrl")));

test("a missing database is created; each migration is recorded as Prisma records it", async () => {
  expect(await migrate(url, [one, two])).toEqual([one.name, two.name]);

  const rows = await query<Record<string, unknown>>(`SELECT * FROM "_prisma_migrations" ORDER BY started_at`);
  expect(rows).toMatchObject([
    {
      migration_name: one.name,
      checksum: checksumOf(one.sql),
      logs: null,
      rolled_back_at: null,
      applied_steps_count: 1,
    },
    {
      migration_name: two.name,
      checksum: checksumOf(two.sql),
      logs: null,
      rolled_back_at: null,
      applied_steps_count: 1,
    },
  ]);
  expect(rows.every((row) => row.finished_at instanceof Date && String(row.id).length === 36)).toBe(true);
  expect(await migrate(url, [one, two])).toEqual([]);
});

test("several starts at once apply each migration once", async () => {
  const starts = await Promise.all([1, 2, 3, 4].map(() => migrate(url, [one, two])));

  expect(starts.flat().sort()).toEqual([one.name, two.name]);
  expect(await query(`SELECT * FROM "Lab"`)).toEqual([{ id: 1, name: null }]);
});

const failing: [string, string, RegExp][] = [
  ["fails half-way", `INSERT INTO "Lab" VALUES (2);\nSELECT 1/0;`, /division by zero \(SQLSTATE 22012\)/],
  [
    "has a mistake",
    `INSERT INTO "Lab" VALUES (2);\nSELEC 1;`,
    /syntax error at or near "SELEC" \(SQLSTATE 42601, line 2\)/,
  ],
  ["breaks a rule", `INSERT INTO "Lab" VALUES (2), (2);`, /duplicate key .* \(SQLSTATE 23505, constraint Lab_pkey\)/],
  ["ends its transaction itself", `INSERT INTO "Lab" VALUES (2);\nCOMMIT;\nSELECT 1/0;`, /transaction commands/],
  ["begins one itself", `BEGIN;\nINSERT INTO "Lab" VALUES (2);\nCOMMIT;`, /transaction commands/],
  [
    "cannot run in one",
    `CREATE INDEX CONCURRENTLY "late" ON "Lab" ("id");`,
    /CREATE INDEX CONCURRENTLY cannot run inside a transaction block/,
  ],
];

test.each(failing)("a migration that %s leaves the database as it was, and is tried again", async (_how, sql, why) => {
  const bad = { name: "20260103000000_bad", sql };
  await migrate(url, [one]);
  const before = await everything();

  const failure = await migrate(url, [one, bad]).catch(messageOf);

  expect(failure).toMatch(why);
  expect(failure).toMatch(
    /^Migration 20260103000000_bad failed: .* The database is as it was before it\. .*start again/s,
  );
  expect(await everything()).toEqual(before);
  expect(await migrate(url, [one, { ...bad, sql: two.sql }])).toEqual([bad.name]);
});

test("those before a failed migration stay applied; no row of a table is in the message", async () => {
  const secretive = { name: "20260104000000_check", sql: `ALTER TABLE "Lab" ADD CHECK ("name" IS NOT NULL);` };

  const failure = await migrate(url, [one, two, secretive]).catch(messageOf);

  expect(failure).toContain("20260104000000_check");
  expect(failure).not.toContain("Failing row");
  expect(await migrate(url, [one, two])).toEqual([]);
});

test("a migration that Prisma's engine began and did not finish is applied, and its old record set aside", async () => {
  await migrate(url, [one]);
  await query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, logs) VALUES ('old', 'x', '${two.name}', 'it failed')`,
  );

  expect(await migrate(url, [one, two])).toEqual([two.name]);

  const records = await query(
    `SELECT id = 'old' AS old, rolled_back_at IS NULL AS counts FROM "_prisma_migrations" WHERE migration_name = '${two.name}' ORDER BY 1`,
  );
  expect(records).toEqual([
    { old: false, counts: true },
    { old: true, counts: false },
  ]);
});

test("a migration that was edited after it was applied is refused, and nothing is done", async () => {
  await migrate(url, [one]);

  const failure = await migrate(url, [{ ...one, sql: `${one.sql}-- edited` }, two]).catch(messageOf);

  expect(failure).toContain(`migration ${one.name} was applied to this database with other content`);
  expect(failure).toContain("git status");
  expect(await query(`SELECT * FROM "Lab"`)).toEqual([]);
});

test("line ends that a checkout on another system converts are no edit", async () => {
  await migrate(url, [one, { ...two, sql: two.sql.replaceAll("\n", "\r\n") }]);

  expect(await migrate(url, [{ ...one, sql: one.sql.replaceAll("\n", "\r\n") }, two])).toEqual([]);
});

test("a database of a newer version is refused, with what to do", async () => {
  await migrate(url, [one, two]);

  const failure = await migrate(url, [one]).catch(messageOf);

  expect(failure).toContain(`migration ${two.name} was applied to it, which this version does not have`);
  expect(failure).toContain("Start the version that you used last, or put back the backup");
});

test("a migration that another branch brought later, with an earlier name, is applied as well", async () => {
  await migrate(url, [one]);

  expect(await migrate(url, [{ name: "20251231000000_zero", sql: "SELECT 1;" }, one])).toEqual(["20251231000000_zero"]);
});

test("the tables of another program are left alone", async () => {
  await migrate(url, []);
  await query(`DROP TABLE "_prisma_migrations"; CREATE TABLE theirs (id INT)`);

  const failure = await migrate(url, [one]).catch(messageOf);

  expect(failure).toContain("holds 1 tables that Homeport did not create");
  expect(await query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([{ tablename: "theirs" }]);
});

test("every migration of this version can be applied in a transaction", async () => {
  const all: Migration[] = await listMigrations();

  expect(await migrate(url)).toEqual(all.map((migration) => migration.name));
});

/** Tables, their rows and what was recorded. */
async function everything(): Promise<unknown> {
  return [
    await query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`),
    await query(`SELECT * FROM "Lab"`),
    await query(`SELECT * FROM "_prisma_migrations"`),
  ];
}

async function query<T = unknown>(sql: string, at = url): Promise<T[]> {
  const client = new pg.Client({ connectionString: at });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
