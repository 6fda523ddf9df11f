// The databases that integration tests get: real, migrated, their own.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import pg from "pg";
import { testDatabase, type TestDatabase } from "./testing";

let one: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [one, other] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
});

test("two tests never see each other's rows", async () => {
  await one.db.user.create({ data: { email: "A@homeport.local", name: "A", passwordHash: "x" } });

  expect(await other.db.user.count()).toBe(0);
});

test("addresses differ in more than upper and lower case: citext works", async () => {
  expect(await one.db.user.findUnique({ where: { email: "a@HOMEPORT.local" } })).toMatchObject({ name: "A" });
});

test("a closed database is gone", async () => {
  const third = await testDatabase();
  await third.close();

  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [
    new URL(third.url).pathname.slice(1),
  ]);
  await admin.end();
  expect(rowCount).toBe(0);
});
