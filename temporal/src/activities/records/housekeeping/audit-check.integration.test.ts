// The audit log's chain is verified by the worker, on a real PostgreSQL; its triggers are switched off to do what they forbid.
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { readAuditChain } from "@homeport/db/audit-chain";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkAuditLog } from "./audit-check";

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

const HOUR_MS = 3_600_000;
const began = new Date("2026-06-01T12:00:00Z");
const hours = (count: number): Date => new Date(began.getTime() + count * HOUR_MS);

/** Answers the ids of the entries. */
async function write(...actions: string[]): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (const action of actions) ids.push((await database.db.auditLog.create({ data: { action } })).id);
  return ids;
}

/** As somebody with the database's password, not as Homeport. */
async function tamper(...statements: string[]): Promise<void> {
  const setting = [`SET LOCAL session_replication_role = replica`, `SET LOCAL TIME ZONE 'UTC'`];
  await database.db.$transaction(
    [...setting, ...statements].map((statement) => database.db.$executeRawUnsafe(statement)),
  );
}

async function check(now: Date) {
  const reported: unknown[] = [];
  await checkAuditLog({
    db: database.db,
    now,
    log: (entry) => {
      reported.push(entry);
    },
  });
  return { reported, kept: await database.db.auditCheck.findUniqueOrThrow({ where: { only: true } }) };
}

const timeOf = async (action: string): Promise<Date> =>
  (await database.db.auditLog.findFirstOrThrow({ where: { action } })).createdAt;

test("an untouched log is verified to its end, an empty one too, and nothing is said", async () => {
  expect(await check(began)).toMatchObject({
    reported: [],
    kept: { verifiedAt: null, brokenId: null, checkedAt: began },
  });
  const [, , c] = await write("a", "b", "c");
  expect(await check(hours(1))).toMatchObject({
    reported: [],
    kept: { verifiedAt: await timeOf("c"), headId: c, brokenId: null, wholeAt: began },
  });
});

test("a changed entry is found by the day's look at the whole log, named, looked at again each hour, and well when it is put back", async () => {
  const [, b] = await write("a", "b", "c");
  await check(began);
  await tamper(`UPDATE "AuditLog" SET "action" = 'nothing' WHERE "action" = 'b'`);
  const [d] = await write("d");
  expect((await check(hours(1))).kept).toMatchObject({ brokenId: null, headId: d }); // only what is new
  const found = await check(hours(25));
  expect(found.kept).toMatchObject({ brokenId: b, broken: 1, verifiedAt: await timeOf("a"), headId: d });
  expect(found.reported).toMatchObject([{ event: "audit-log-broken", level: "error", entry: String(b) }]);
  expect((await check(hours(26))).reported).toHaveLength(1);
  await tamper(`UPDATE "AuditLog" SET "action" = 'b' WHERE "action" = 'nothing'`);
  expect(await check(hours(27))).toMatchObject({
    reported: [],
    kept: { brokenId: null, broken: 0, verifiedAt: await timeOf("d") },
  });
});

test("an entry taken out is reported at the one behind it; a change that was given a new hash, at the next one", async () => {
  const [, , c] = await write("a", "b", "c", "d", "e", "f");
  await tamper(
    `DELETE FROM "AuditLog" WHERE "action" = 'b'`,
    `UPDATE "AuditLog" SET "action" = 'x' WHERE "action" = 'e'`,
    `UPDATE "AuditLog" a SET "hash" = encode(sha256(convert_to("previousHash" || (to_jsonb(a) - 'hash' - 'previousHash' - CASE WHEN a."actorKind" IS NULL THEN 'actorKind' ELSE '' END)::text, 'UTF8')), 'hex') WHERE "action" = 'x'`,
  );
  expect((await check(began)).kept).toMatchObject({ brokenId: c, broken: 2, verifiedAt: await timeOf("a") });
});

test("entries cut off at the end are missed, however the log goes on", async () => {
  const [, b, c] = await write("a", "b", "c");
  await check(began);
  await tamper(`DELETE FROM "AuditLog" WHERE "id" >= ${b}`);
  expect((await check(hours(1))).kept).toMatchObject({ brokenId: c, headId: c, broken: 1 });
  await write("d");
  expect((await check(hours(2))).kept).toMatchObject({ brokenId: c, headId: c });
  await tamper(`DELETE FROM "AuditLog"`);
  expect((await check(hours(3))).kept).toMatchObject({ brokenId: c, headId: c });
});

test("ended between two pages it stores nothing, and the next check begins where this one did", async () => {
  await write("a", "b");
  const { kept } = await check(began);
  const [c] = await write("c");
  const killed = checkAuditLog({
    db: database.db,
    now: hours(1),
    log: () => undefined,
    mayGoOn: () => {
      throw new Error("killed");
    },
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await database.db.auditCheck.findUniqueOrThrow({ where: { only: true } })).toEqual(kept);
  expect((await check(hours(2))).kept).toMatchObject({ headId: c, brokenId: null });
});

test("a log longer than a page is read in pages, as one chain", async () => {
  const [, b, c, d, e] = await write("a", "b", "c", "d", "e");
  await tamper(`UPDATE "AuditLog" SET "action" = 'x' WHERE "id" IN (${c}, ${d})`);
  const pages = [];
  for await (const { last, sound, broken } of readAuditChain(database.db, undefined, 2))
    pages.push([last.id, sound?.id, broken.map(({ id }) => id)]);
  expect(pages).toEqual([
    [b, b, []],
    [d, undefined, [c, d]],
    [e, e, []],
  ]);
});
