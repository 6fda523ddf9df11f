// An installation of the first release, as it was found on disk, comes to this version: same schema as a new one, no row lost.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { firstBrokenEntry } from "./audit-chain";
import { createDb } from "./client";
import { migrate } from "./migrate";
import { listMigrations } from "./migration-files";

const RELEASE = path.join(import.meta.dirname, "../releases/first.sql");
/** What the first release had applied. */
const THEN = 4;
/** "Table.column" whose values a later migration rewrites on purpose; a test of that migration shows what becomes of them. */
const rewritten = new Set([
  "Run.waitingFor",
  "Orphan.resolution",
  "Project.slug",
  "Organization.slug",
  "ProxmoxNode.stateReason",
  "RunStep.detail",
  "RunAttempt.detail",
]);

const suffix = randomBytes(6).toString("hex");
const urlOf = (name: string): string => {
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return url.href;
};
const old = urlOf(`upgrade_${suffix}`);
const fresh = urlOf(`fresh_${suffix}`);
let before: Record<string, Row[]>;
let applied: string[];

beforeAll(async () => {
  await query(inject("postgresUrl"), `CREATE DATABASE upgrade_${suffix}`);
  await query(old, await readFile(RELEASE, "utf8"));
  before = await rowsOf(old);
  applied = await migrate(old);
  await migrate(fresh);
});
afterAll(async () => {
  for (const name of ["upgrade", "fresh"])
    await query(inject("postgresUrl"), `DROP DATABASE IF EXISTS ${name}_${suffix} WITH (FORCE)`);
});

test("what Prisma's engine had applied and recorded is known, and all that came later is applied", async () => {
  const all = (await listMigrations()).map(({ name }) => name);

  expect(applied).toEqual(all.slice(THEN));
  expect(await migrate(old)).toEqual([]);
});

test("its schema is that of a new installation: columns, indexes, rules, triggers, functions", async () => {
  expect(await schemaOf(old)).toEqual(await schemaOf(fresh));
});

test("every row is there, and what it said then it says now", async () => {
  const after = await rowsOf(old);

  for (const [table, rows] of Object.entries(before)) {
    if (table === "_prisma_migrations") continue;
    const known = Object.keys(rows[0] ?? {});
    const same = (row: Row): string =>
      JSON.stringify(known.filter((column) => unchanged(after, table, column)).map((column) => row[column]));
    expect(after[table]?.map(same).sort(), table).toEqual(rows.map(same).sort());
  }
  expect(Object.values(before).flat().length).toBeGreaterThan(140);
});

test("the audit log is the same chain, and goes on", async () => {
  const db = createDb(old);
  await db.auditLog.create({ data: { action: "installation.upgraded" } });

  expect(await db.auditLog.count()).toBe((before.AuditLog?.length ?? 0) + 1);
  expect(await firstBrokenEntry(db)).toBeNull();
  await db.$disconnect();
});

type Row = Record<string, unknown>;

test("projects of one name have addresses of their own, which begin as before", async () => {
  const slugs = async (url: string) =>
    (await query(url, `SELECT slug FROM "Project" ORDER BY id`)).map(({ slug }) => String(slug));
  const now = await slugs(old);

  expect(before.Project?.map(({ slug }) => slug)).toEqual(["default", "default"]);
  expect(new Set(now).size).toBe(now.length);
  expect(now.every((slug) => /^default-[0-9a-f]{12}$/.test(slug))).toBe(true);
});

test("each organization is known as its owner's own, with an address that could be typed", async () => {
  const own = await query(
    old,
    `SELECT o.slug FROM "Organization" o JOIN "OrganizationMember" m ON m."organizationId" = o.id AND m."userId" = o."personalOfId"`,
  );
  expect(own.length).toBe(before.Organization?.length);
  expect(own.every(({ slug }) => /^personal-[0-9a-f]{12}$/.test(String(slug)))).toBe(true);
});

test("its runs are about the containers that they were made for, and in their projects", async () => {
  const runs = await query(
    old,
    `SELECT run."subjectType", run."subjectId" = run."containerId" AS same, run."projectId" = container."projectId" AS home
      FROM "Run" run JOIN "Container" container ON container.id = run."containerId"`,
  );
  expect(runs.length).toBe(before.Run?.length);
  expect(runs.length).toBeGreaterThan(0);
  expect(new Set(runs.map((run) => JSON.stringify(run)))).toEqual(
    new Set([JSON.stringify({ subjectType: "container", same: true, home: true })]),
  );
});

/** Neither dropped since nor rewritten. */
function unchanged(after: Record<string, Row[]>, table: string, column: string): boolean {
  const [row] = after[table] ?? [];
  return row !== undefined && column in row && !rewritten.has(`${table}.${column}`);
}

async function rowsOf(url: string): Promise<Record<string, Row[]>> {
  const tables = await query(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
  const entries = tables.map(async ({ tablename }): Promise<[string, Row[]]> => {
    const name = String(tablename);
    return [name, (await query(url, `SELECT row_to_json(t) AS row FROM "${name}" t`)).map(({ row }) => row as Row)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function schemaOf(url: string): Promise<Row> {
  const lists = {
    columns: `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) AS default
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2`,
    indexes: `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`,
    rules: `SELECT conrelid::regclass::text AS on, conname, pg_get_constraintdef(oid) AS rule FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
    triggers: `SELECT pg_get_triggerdef(oid) AS trigger FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`,
    functions: `SELECT p.proname, p.prosrc FROM pg_proc p LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
      WHERE p.pronamespace = 'public'::regnamespace AND d.objid IS NULL ORDER BY 1`,
    enums: `SELECT t.typname, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid ORDER BY 1, 2`,
  };
  const entries = Object.entries(lists).map(async ([name, sql]): Promise<[string, Row[]]> => [
    name,
    await query(url, sql),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

async function query(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
