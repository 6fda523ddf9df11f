// The audit log's chain is verified by the worker, on a real PostgreSQL; its triggers are switched off to do what they forbid.
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { readAuditChain } from "@homeport/db/audit-chain";
import { createHeadSigner, headFile, type HeadMemory } from "@homeport/db/audit-heads";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkAuditLog } from "./audit-check";

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

async function check(now: Date, { remember = true, fill = 1 } = {}) {
  const reported: { event: string }[] = [];
  await checkAuditLog({
    db: database.db,
    now,
    heads: { signer: createHeadSigner(keysOf(fill)), memory: remember ? memory : { ...memory, read: () => null } },
    log: (entry) => {
      if (entry.event !== "audit-log-signed") reported.push(entry);
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
    rehash(`"action" = 'x'`),
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
    heads: { signer: createHeadSigner(keysOf(1)), memory },
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

test("an entry that was changed with every hash behind it computed anew is caught by what was signed before", async () => {
  const [a = 0n, b = 0n, c] = await write("a", "b", "c");
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
    verifiedAt: await timeOf("nothing"),
  });
  expect(await database.db.auditHead.count()).toBe(2); // nothing is signed behind a break
  expect(a).toBeLessThan(b);
});

test("a signature that was altered, made with another key, or taken out of the middle is found", async () => {
  const [a] = await write("a");
  await check(began);
  const [b] = await write("b");
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
  expect(b).toBeDefined();
});

test("entries taken back with their signatures are missed by what is remembered outside of the database, and nothing is signed over it", async () => {
  const [a] = await write("a");
  await check(began);
  const [b] = await write("b");
  await check(hours(1));
  expect(memory.read()).toMatchObject({ number: 2, entryId: b });
  // As a dump of an hour ago that was put back.
  await tamper(
    `DELETE FROM "AuditLog" WHERE "id" = ${b}`,
    `DELETE FROM "AuditHead" WHERE "number" = 2`,
    `UPDATE "AuditCheck" SET "headId" = ${a}, "headHash" = (SELECT "hash" FROM "AuditLog" WHERE "id" = ${a})`,
  );
  await write("other");
  expect((await check(hours(2))).kept).toMatchObject({ brokenId: b, brokenWhat: "entry" });
  expect(memory.read()).toMatchObject({ number: 2 });
  // Who put it back takes the memory away.
  rmSync(path.join(dir, "audit-head.json"));
  expect((await check(hours(3))).kept).toMatchObject({ brokenId: null });
  expect(memory.read()).toMatchObject({ number: 2, entryHash: (await headOf(2)).entryHash });
});

test("a memory that cannot be read is said, and written anew after a look that finds nothing", async () => {
  await write("a");
  writeFileSync(path.join(dir, "audit-head.json"), "{");
  expect((await check(began)).reported).toMatchObject([{ event: "audit-head-not-remembered", level: "error" }]);
  expect(memory.read()).toMatchObject({ number: 1 });
});

const headOf = (number: number) => database.db.auditHead.findUniqueOrThrow({ where: { number } });
