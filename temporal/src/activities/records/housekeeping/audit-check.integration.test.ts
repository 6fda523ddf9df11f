// The audit log's chain is verified by the worker, on a real PostgreSQL; its triggers are switched off to do what they forbid.
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { readAuditChain } from "@homeport/db/audit-chain";
import { createHeadSigner, headFile, type HeadMemory } from "@homeport/db/audit-heads";
import type { Db } from "@homeport/db/client";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkAuditLog } from "./audit-check";
import { dropOldEntries } from "./drop-entries";

let database: TestDatabase;
let dir: string;
let memory: HeadMemory;
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), "homeport-heads-"));
  memory = headFile(path.join(dir, "audit-head.json"));
  database = await testDatabase();
});
afterEach(async () => {
  await database.close();
  rmSync(dir, { recursive: true });
});

const HOUR_MS = 3_600_000;
/** Entries are of now. */
const began = new Date();
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

/** As somebody who knows how the hashes are made: from this entry on, each is computed anew. */
async function rechain(from: bigint): Promise<void> {
  const rows = await database.db.auditLog.findMany({ where: { id: { gte: from } }, select: { id: true } });
  const ids = rows.map(({ id }) => id).sort((one, other) => Number(one - other));
  await tamper(
    ...ids.flatMap((id) => [
      `UPDATE "AuditLog" SET "previousHash" = COALESCE((SELECT "hash" FROM "AuditLog" WHERE "id" < ${id} ORDER BY "id" DESC LIMIT 1), '') WHERE "id" = ${id}`,
      rehash(`"id" = ${id}`),
    ]),
  );
}

const rehash = (where: string): string =>
  `UPDATE "AuditLog" a SET "hash" = encode(sha256(convert_to("previousHash" || (to_jsonb(a) - 'hash' - 'previousHash' - CASE WHEN a."actorKind" IS NULL THEN 'actorKind' ELSE '' END)::text, 'UTF8')), 'hex') WHERE ${where}`;

const keysOf = (fill: number) => ({ current: "k1", keys: { k1: Buffer.alloc(32, fill) } });

async function check(now: Date, { remember = true, fill = 1, days = 0 } = {}) {
  const reported: { event: string }[] = [];
  await checkAuditLog({
    db: database.db,
    now,
    heads: {
      signer: createHeadSigner(keysOf(fill)),
      memory: remember ? memory : { ...memory, read: () => null },
      days,
    },
    log: (entry) => {
      if (entry.event !== "audit-log-signed") reported.push(entry);
    },
  });
  return { reported, kept: await database.db.auditCheck.findFirstOrThrow({ where: { only: true } }) };
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
    kept: { verifiedAt: await timeOf("c"), headId: c, brokenId: null, wholeAt: hours(1) },
  });
});

test("a changed entry is found by the day's look at the whole log, named, looked at again each hour, and well when it is put back", async () => {
  const [, b] = await write("a", "b", "c");
  await check(began);
  await tamper(`UPDATE "AuditLog" SET "action" = 'nothing' WHERE "action" = 'b'`);
  const [d] = await write("d");
  expect((await check(hours(1))).kept).toMatchObject({ brokenId: null, headId: d }); // only what is new
  const found = await check(hours(25));
  expect(found.kept).toMatchObject({ brokenId: b, broken: 1, verifiedAt: null, headId: d });
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
    rehash(`"action" = 'x'`),
  );
  expect((await check(began)).kept).toMatchObject({ brokenId: c, broken: 2, verifiedAt: null });
});

test("entries cut off at the end are missed, however the log goes on", async () => {
  const [, b, c] = await write("a", "b", "c");
  await check(began);
  await tamper(`DELETE FROM "AuditLog" WHERE "id" >= ${b}`);
  expect((await check(hours(1))).kept).toMatchObject({ brokenId: c, headId: c, broken: 2 });
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
    heads: { signer: createHeadSigner(keysOf(1)), memory, days: 0 },
    log: () => undefined,
    mayGoOn: () => {
      throw new Error("killed");
    },
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await database.db.auditCheck.findFirstOrThrow({ where: { only: true } })).toEqual(kept);
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

test("an entry that was changed with every hash behind it computed anew is caught by what was signed before", async () => {
  const [, b = 0n, c] = await write("a", "b", "c");
  await check(began);
  const [, e] = await write("d", "e");
  expect((await check(hours(1))).kept).toMatchObject({ brokenId: null, headId: e });
  expect(await database.db.auditHead.findMany({ select: { number: true, entryId: true } })).toEqual([
    { number: 1, entryId: c },
    { number: 2, entryId: e },
  ]);
  await tamper(`UPDATE "AuditLog" SET "action" = 'nothing' WHERE "id" = ${b}`);
  await rechain(b);
  // What the database remembers can be written, too: the hour's look meets the signature all the same.
  await tamper(`UPDATE "AuditCheck" SET "headHash" = (SELECT "hash" FROM "AuditLog" WHERE "id" = ${e})`);
  const found = await check(hours(2), { remember: false });
  expect(found.kept).toMatchObject({
    brokenId: c,
    brokenWhat: "entry",
    broken: 2,
    verifiedAt: null, // nothing before the first head that does not fit is signed
  });
  expect(await database.db.auditHead.count()).toBe(2); // nothing is signed behind a break
});

test("what is signed before the place that does not fit is vouched for, and nothing between them", async () => {
  await write("a", "b");
  await check(began);
  const [, d = 0n, e] = await write("c", "d", "e");
  await check(hours(1));
  await tamper(`UPDATE "AuditLog" SET "action" = 'nothing' WHERE "id" = ${d}`);
  await rechain(d);
  expect((await check(hours(2))).kept).toMatchObject({ brokenId: e, verifiedAt: await timeOf("b") });
});

test("a signature that was altered, made with another key, or taken out of the middle is found", async () => {
  const [a] = await write("a");
  await check(began);
  await write("b");
  await check(hours(1));
  await write("c");
  await check(hours(2));
  const put = (number: number, set: string) => tamper(`UPDATE "AuditHead" SET ${set} WHERE "number" = ${number}`);
  const daily = async (more = {}) => (await check(hours(48), more)).kept;
  const kept = await database.db.auditHead.findUniqueOrThrow({ where: { number: 1 } });
  await put(1, `"signedAt" = "signedAt" - interval '1 day'`);
  expect(await daily()).toMatchObject({ brokenId: a, brokenWhat: "signature" });
  await put(1, `"signedAt" = "signedAt" + interval '1 day'`);
  expect(await database.db.auditHead.findUniqueOrThrow({ where: { number: 1 } })).toEqual(kept);
  expect(await daily()).toMatchObject({ brokenId: null, brokenWhat: null });
  expect(await daily({ fill: 2 })).toMatchObject({ brokenId: a, brokenWhat: "signature", broken: 3 });
  await tamper(`DELETE FROM "AuditHead" WHERE "number" = 2`);
  expect(await daily()).toMatchObject({ brokenWhat: "signature", broken: 1 });
});

test("entries taken back with their signatures are missed by what is remembered outside of the database, and nothing is signed over it", async () => {
  const [a] = await write("a");
  await check(began);
  const [b] = await write("b");
  await check(hours(1));
  expect(memory.read()).toMatchObject({ head: { number: 2, entryId: b } });
  // As a dump of an hour ago that was put back.
  await tamper(
    `DELETE FROM "AuditLog" WHERE "id" = ${b}`,
    `DELETE FROM "AuditHead" WHERE "number" = 2`,
    `UPDATE "AuditCheck" SET "headId" = ${a}, "headHash" = (SELECT "hash" FROM "AuditLog" WHERE "id" = ${a})`,
  );
  await write("other");
  expect((await check(hours(2))).kept).toMatchObject({ brokenId: b, brokenWhat: "memory" });
  expect(memory.read()).toMatchObject({ head: { number: 2, entryId: b } });
  // Who put it back takes the memory away.
  rmSync(path.join(dir, "audit-head.json"));
  expect((await check(hours(3))).kept).toMatchObject({ brokenId: null });
  expect(memory.read()).toMatchObject({ head: { number: 2, entryHash: (await headOf(2)).entryHash } });
});

test.each([
  "{",
  `{"number":1,"entryId":"1","entryHash":"h","entryAt":"never","signature":"s","wholeAt":"2026-01-01"}`,
  "null",
])("a memory of %j is said, and written anew after a look that finds nothing", async (text) => {
  await write("a");
  writeFileSync(path.join(dir, "audit-head.json"), text);
  expect((await check(began)).reported[0]).toMatchObject({ event: "audit-head-not-remembered", level: "error" });
  expect(memory.read()).toMatchObject({ head: { number: 1 }, wholeAt: began });
  rmSync(path.join(dir, "audit-head.json"));
  expect((await check(hours(1))).reported).toMatchObject([{ event: "audit-head-not-remembered" }]);
});

test("who writes the database cannot put the next look at the whole log off, nor can a clock that stood ahead", async () => {
  const [a] = await write("a");
  await check(began);
  await tamper(
    `UPDATE "AuditCheck" SET "wholeAt" = '2999-01-01', "brokenId" = NULL`,
    `UPDATE "AuditLog" SET "action" = 'x' WHERE "id" = ${a}`,
  );
  expect((await check(hours(24))).kept).toMatchObject({ brokenId: a });
  await tamper(`UPDATE "AuditLog" SET "action" = 'a' WHERE "id" = ${a}`);
  await check(hours(24 * 365)); // by a worker whose clock is wrong
  await tamper(`UPDATE "AuditLog" SET "action" = 'x' WHERE "id" = ${a}`);
  expect((await check(hours(25))).kept).toMatchObject({ brokenId: a });
});

test.each(["-5", "-9223372036854775808"])(
  "an entry with the number %s, below all others, is no entry of ours",
  async (id) => {
    await write("a");
    await tamper(`INSERT INTO "AuditLog" ("id", "action") VALUES (${id}, 'put.before')`);
    expect((await check(began)).kept).toMatchObject({ brokenId: BigInt(id) });
  },
);

test("an entry with the last number that there is ends the reading, and times that are none are breaks", async () => {
  const [a] = await write("a");
  await check(began);
  await tamper(
    `INSERT INTO "AuditLog" ("id", "action") VALUES (9223372036854775807, 'put.behind')`,
    `UPDATE "AuditLog" SET "createdAt" = 'infinity' WHERE "id" = ${a}`,
    `UPDATE "AuditHead" SET "signedAt" = 'infinity', "entryAt" = '-infinity'`,
  );
  const { kept, reported } = await check(hours(1));
  expect(kept).toMatchObject({ brokenId: a });
  expect(reported).toMatchObject([{ event: "audit-log-broken" }]);
});

test.each([
  [
    "another trigger",
    `CREATE TRIGGER "aaa" BEFORE INSERT ON "AuditLog" FOR EACH ROW EXECUTE FUNCTION "announce_row"()`,
  ],
  ["a trigger that is off", `ALTER TABLE "AuditHead" DISABLE TRIGGER "audit_head_no_truncate"`],
  [
    "a view in its place",
    `ALTER TABLE "AuditLog" RENAME TO "Hidden"`,
    `CREATE VIEW "AuditLog" AS SELECT * FROM "Hidden"`,
  ],
  ["no primary key", `ALTER TABLE "AuditLog" DROP CONSTRAINT "AuditLog_pkey"`],
  [
    "another function",
    `CREATE OR REPLACE FUNCTION "audit_log_chain"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
  ],
  [
    "a function in front of PostgreSQL's",
    `CREATE FUNCTION to_jsonb("AuditLog") RETURNS jsonb LANGUAGE sql AS $$ SELECT '{}'::jsonb $$`,
  ],
])("tables that are not as they were made (%s) are said, and nothing is signed", async (_what, ...statements) => {
  await write("a");
  await check(began);
  await write("b");
  await tamper(...statements);
  const { kept, reported } = await check(hours(1));
  expect(kept).toMatchObject({ brokenWhat: "table" });
  expect(reported).toMatchObject([{ event: "audit-log-broken", what: "table", tables: [expect.any(String)] }]);
  expect(await database.db.auditHead.count()).toBe(1);
});

test("a head that is not stored is said; of two workers at once one signs, and a late one takes no memory back", async () => {
  await write("a");
  const deaf = database.db.$extends({ query: { auditHead: { createMany: () => Promise.resolve({ count: 0 }) } } });
  const reported: unknown[] = [];
  await checkAuditLog({
    db: deaf as unknown as Db,
    heads: { signer: createHeadSigner(keysOf(1)), memory, days: 0 },
    now: began,
    log: (entry) => reported.push(entry),
  });
  expect(reported).toMatchObject([{ event: "audit-log-not-signed", level: "error" }]);
  await Promise.all([check(hours(1)), check(hours(1)), check(hours(1))]);
  expect(await database.db.auditHead.count()).toBe(1);
  const first = memory.read();
  if (first === null) throw new Error("nothing is remembered");
  await write("b");
  await check(hours(2));
  // As one that read the log an hour ago, and sees no entry behind it.
  let reads = 0;
  const late: HeadMemory = { ...memory, read: () => ((reads += 1) === 1 ? first : memory.read()) };
  const heads = { signer: createHeadSigner(keysOf(1)), memory: late, days: 0 };
  await checkAuditLog({ db: database.db, heads, now: hours(3), log: () => undefined });
  expect(memory.read()).toMatchObject({ head: { number: 2 } });
});

const headOf = (number: number) => database.db.auditHead.findUniqueOrThrow({ where: { number } });

const actions = async () =>
  (await database.db.auditLog.findMany({ orderBy: { id: "asc" } })).map(({ action }) => action);
const days = (count: number): Date => hours(24 * count);

test("what is older than the days it is kept for is dropped up to a signed head, said in the log, and the rest still holds", async () => {
  const [, b = 0n] = await write("a", "b");
  await check(began);
  await write("c");
  await check(days(20));
  await check(days(29), { days: 30 });
  await check(days(30), { days: 30 });
  expect(await actions()).toEqual(["a", "b", "c"]);
  expect((await check(days(31), { days: 30 })).reported).toEqual([]);
  expect(await actions()).toEqual(["c", "audit.drop"]);
  expect(await database.db.auditLog.findFirstOrThrow({ where: { action: "audit.drop" } })).toMatchObject({
    details: { upTo: expect.any(String) as unknown, keptDays: 30 },
  });
  expect((await check(days(32), { days: 30 })).kept).toMatchObject({ brokenId: null });
  // A head of day 20 is old enough on day 51; between them a week passes at least.
  await check(days(51), { days: 30 });
  expect((await check(days(52), { days: 30 })).kept).toMatchObject({ brokenId: null });
  expect(await actions()).toEqual(["audit.drop", "audit.drop"]);
  expect((await check(days(53))).kept).toMatchObject({ brokenId: null });
  expect(await database.db.auditHead.count({ where: { entryId: b } })).toBe(1); // heads stay
});

test("of a log in which nothing happened for long everything is dropped, also what was seen last, and that is no alarm", async () => {
  await write("a");
  await check(began);
  await check(days(40), { days: 30 });
  expect(await actions()).toEqual(["a"]); // by a clock that has jumped, for all that is known
  await check(days(41), { days: 30 });
  expect(await actions()).toEqual(["audit.drop"]);
  expect((await check(days(42), { days: 30 })).reported).toEqual([]);
});

test("entries behind a beginning that nobody signed, or that was moved on, are missing", async () => {
  const [, b] = await write("a", "b");
  await check(began);
  const [c] = await write("c");
  await check(hours(1));
  // As somebody who deletes what they did, and says that it was dropped: with a signature of another place.
  const forged = `INSERT INTO "AuditBeginning" SELECT true, "number", "signedAt", "key", "signature" FROM "AuditHead" WHERE "number" = 1`;
  await tamper(`DELETE FROM "AuditLog" WHERE "id" <= ${b}`, forged);
  expect((await check(hours(2))).kept).toMatchObject({ brokenId: b, brokenWhat: "entry" });
  await expect(database.db.$executeRaw`DELETE FROM "AuditLog" WHERE "id" = ${c}`).rejects.toThrow("append-only");
});

test("what was put among the dropped is found; what the database says of a head's age is not believed", async () => {
  await write("a");
  await check(began);
  await write("b");
  await check(days(39));
  await check(days(40), { days: 30 });
  const [{ id } = { id: 0n }] = await database.db.auditLog.findMany({ orderBy: { id: "asc" }, take: 1 });
  await tamper(`INSERT INTO "AuditLog" ("id", "action") VALUES (1, 'put.among')`);
  expect((await check(days(42))).kept).toMatchObject({ brokenId: 1n });
  await tamper(`DELETE FROM "AuditLog" WHERE "id" = 1`);
  expect((await check(days(43))).kept).toMatchObject({ brokenId: null });
  // Between the look and the drop: all heads are old, says the database.
  await tamper(`UPDATE "AuditHead" SET "signedAt" = '2020-01-01'`);
  await dropOldEntries(database.db, {
    signer: createHeadSigner(keysOf(1)),
    now: days(60),
    days: 30,
    wholeBefore: days(59),
  });
  expect(await database.db.auditLog.count({ where: { id } })).toBe(1);
});

test("a head that a clock behind the others signed takes nothing young with it", async () => {
  await write("a");
  await check(days(100));
  await write("b");
  await check(days(1)); // of a worker whose clock is wrong
  await check(days(101), { days: 30 });
  await check(days(102), { days: 30 });
  expect(await actions()).toEqual(["a", "b"]);
});

test("nothing is dropped while something is wrong, and a drop that was ended in the middle is gone on with", async () => {
  const [a] = await write("a");
  await check(began);
  await tamper(`UPDATE "AuditLog" SET "action" = 'x' WHERE "id" = ${a}`);
  await check(days(40), { days: 30 });
  expect(await actions()).toEqual(["x"]);
  await tamper(`UPDATE "AuditLog" SET "action" = 'a' WHERE "id" = ${a}`);
  const signer = createHeadSigner(keysOf(1));
  const killed = dropOldEntries(database.db, {
    signer,
    now: days(41),
    days: 30,
    wholeBefore: days(40),
    mayGoOn: () => {
      throw new Error("killed");
    },
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await actions()).toEqual(["a", "audit.drop"]);
  expect((await check(days(43))).kept).toMatchObject({ brokenId: null });
  expect(await actions()).toEqual(["audit.drop"]);
});
