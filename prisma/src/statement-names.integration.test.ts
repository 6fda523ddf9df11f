// What is asked again and again is parsed and planned once per connection; what never comes again is not kept.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db } from "./client";
import { createStatementNames } from "./statement-names";
import { testDatabase, type TestDatabase } from "./testing";

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = createDb(database.url, { max: 1 });
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const users = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ email: `${at}@example.com`, name: "Ada", passwordHash: "x" }));
/** Of this connection, by how often each was run. */
const runs = async (): Promise<number[]> =>
  (
    await db.$queryRawUnsafe<{ runs: number }[]>(
      `SELECT (generic_plans + custom_plans)::int AS "runs" FROM pg_prepared_statements WHERE "statement" LIKE '%"User"%' AND "statement" NOT LIKE '%pg_prepared%' ORDER BY 1`,
    )
  ).map((row) => row.runs);

test("a statement that comes again is prepared once, and again where a failure took the connection; one that came once is not kept", async () => {
  await db.user.createMany({ data: users(40) });
  for (let at = 0; at < 7; at++) expect(await db.user.count({ where: { email: `${at}@example.com` } })).toBe(1);
  expect(await runs()).toEqual([5]);
  await expect(db.user.create({ data: { email: "1@example.com", name: "Ada", passwordHash: "x" } })).rejects.toThrow(
    "Unique",
  );
  await db.user.create({ data: { email: "new@example.com", name: "Ada", passwordHash: "x" } });
  expect(await db.user.count({ where: { email: "new@example.com" } })).toBe(1);
  // Node's pool gives a connection up on which a statement failed; the next one prepares anew.
  expect(await runs()).toEqual([1]);
});

test("one text has one name, another text another; past a limit there are none", () => {
  const nameOf = createStatementNames();
  const often = (sql: string) => [1, 2, 3, 4].map(() => nameOf({ sql }));
  const names = Array.from({ length: 600 }, (_, at) => often(`SELECT ${at}`));
  expect(names[0]).toEqual(["", "", "homeport_0", "homeport_0"]);
  expect(new Set(names.slice(0, 500).map((one) => one[3])).size).toBe(500);
  expect(new Set(names.slice(500).flat())).toEqual(new Set([""]));
  expect(nameOf({ sql: "SELECT 3" })).toBe(names[3]?.[3]);
});

test("texts that never come again leave room for those that do", () => {
  const nameOf = createStatementNames();
  for (let length = 0; length < 5_000; length++) nameOf({ sql: `SELECT IN (${"$,".repeat(length % 90)}${length})` });
  expect([1, 2, 3].map(() => nameOf({ sql: "SELECT 1" }))).toEqual(["", "", "homeport_0"]);
});
