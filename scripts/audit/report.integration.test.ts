// What `npm run audit:verify` says of a copy of the database that was put back: as it was, with one entry changed, and of an hour ago.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { createHeadSigner, headFile } from "@homeport/db/audit-heads";
import { readKeys } from "@homeport/db/sealing";
import { checkAuditLog } from "../../temporal/src/activities/records/housekeeping/audit-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDb, type Db } from "../../prisma/src/client";
import { reportAudit, type AuditReport } from "./report";
import { writeAtomically } from "../stack/processes";

const dir = mkdtempSync(path.join(tmpdir(), "homeport-audit-"));
const files = { keyFile: path.join(dir, "sealing.json"), headFile: path.join(dir, "audit-head.json") };
let database: TestDatabase;
beforeEach(async () => {
  writeAtomically(files.keyFile, { current: "k1", keys: { k1: randomBytes(32).toString("base64") } });
  database = await testDatabase();
});
afterEach(async () => {
  await database.close();
  rmSync(dir, { recursive: true, force: true });
});

const report = (databaseUrl = database.url): Promise<AuditReport> => reportAudit({ databaseUrl, ...files });

/** An hour of Homeport: it writes, and the worker looks and signs. */
async function anHour(...actions: string[]): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (const action of actions) ids.push((await database.db.auditLog.create({ data: { action } })).id);
  const heads = { signer: createHeadSigner(readKeys(files.keyFile)), memory: headFile(files.headFile), days: 0 };
  await checkAuditLog({ db: database.db, heads, now: new Date(), log: () => undefined });
  return ids;
}

/** A copy as pg_dump and pg_restore make it; answers its URL. `edit`: by who knows how the hashes are made. */
async function restored(name: string, edit?: (db: Db) => Promise<unknown>): Promise<string> {
  await database.db.$disconnect(); // PostgreSQL copies nothing that somebody uses
  const url = new URL(database.url);
  const from = url.pathname.slice(1);
  url.pathname = "/postgres";
  const admin = createDb(url.href, { max: 1 });
  await admin.$executeRawUnsafe(`CREATE DATABASE ${from}_${name} TEMPLATE ${from}`);
  await admin.$disconnect();
  url.pathname = `/${from}_${name}`;
  const db = createDb(url.href, { max: 1 });
  await edit?.(db);
  await db.$disconnect();
  return url.href;
}

async function changed(db: Db, id: bigint, { rehash }: { rehash: boolean }): Promise<void> {
  const later = await db.auditLog.findMany({
    where: { id: { gte: id } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  await db.$transaction([
    db.$executeRaw`SET LOCAL session_replication_role = replica`,
    db.$executeRaw`SET LOCAL TIME ZONE 'UTC'`,
    db.$executeRaw`UPDATE "AuditLog" SET "action" = 'nothing.happened' WHERE "id" = ${id}`,
    ...(rehash ? later : []).flatMap((entry) => [
      db.$executeRaw`UPDATE "AuditLog" SET "previousHash" = COALESCE((SELECT "hash" FROM "AuditLog" WHERE "id" < ${entry.id} ORDER BY "id" DESC LIMIT 1), '') WHERE "id" = ${entry.id}`,
      db.$executeRaw`UPDATE "AuditLog" a SET "hash" = encode(sha256(convert_to("previousHash" || (to_jsonb(a) - 'hash' - 'previousHash' - 'actorKind')::text, 'UTF8')), 'hex') WHERE "id" = ${entry.id}`,
    ]),
  ]);
}

test("a copy as it was holds; one entry changed in it is caught, also when every hash behind it was computed anew", async () => {
  expect(await report()).toEqual({
    holds: true,
    lines: ["The audit log is empty.", expect.stringContaining("Nothing is remembered")],
  });
  const [a = 0n, b = 0n] = await anHour("a", "b");
  const [c] = await anHour("c");
  await database.db.auditLog.create({ data: { action: "d" } });
  const asItWas = await report(await restored("same"));
  expect(asItWas.holds).toBe(true);
  expect(asItWas.lines.join("\n")).toMatch(
    new RegExp(`^Read 4 entries, the newest of .*\nThe audit log holds: up to entry ${c} .*head 2.*\n.*not signed yet`),
  );

  const plain = await report(await restored("plain", (db) => changed(db, a, { rehash: false })));
  expect(plain.holds).toBe(false);
  expect(plain.lines[2]).toContain(`entry ${a} of `);
  const clever = await report(await restored("clever", (db) => changed(db, a, { rehash: true })));
  expect(clever.holds).toBe(false);
  expect(clever.lines[1]).toBe("The audit log does not hold: 3 places do not fit.");
  expect(clever.lines[2]).toContain(`entry ${b} of `);
});

test("a copy of an hour ago lacks what was signed since: it is noticed, says why that may be, and holds once the memory of it is taken away", async () => {
  await anHour("a");
  const older = await restored("older");
  const [b] = await anHour("b");
  const { holds, lines } = await report(older);
  expect(holds).toBe(false);
  expect(lines.join("\n")).toMatch(
    new RegExp(
      `entry ${b} of .* is remembered as the newest[^]*older copy of the database[^]*delete .*audit-head.json`,
    ),
  );
  rmSync(files.headFile);
  expect((await report(older)).holds).toBe(true);
});

test("without its keys nothing is judged", async () => {
  rmSync(files.keyFile);
  await expect(report()).rejects.toThrow(files.keyFile);
});
