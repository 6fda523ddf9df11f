// Logs end, records stay: on a real PostgreSQL.
import { randomUUID } from "node:crypto";
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { subjectColumns } from "@homeport/records/subject-columns";
import { addPerson } from "@homeport/testing/people";
import { offerTemplate } from "@homeport/testing/templates";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dropOldAnswers, dropOldLogs, dropOldMails } from "./retention";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const now = new Date("2026-06-01T12:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

/** A run with `pieces` rows of log and one attempt; null: it has not ended. */
async function makeRun(endedAt: Date | null, pieces: number): Promise<string> {
  const { db } = database;
  const { userId, projectId } = await addPerson(db, "Ada");
  const { id: nodeId } = await db.proxmoxNode.create({
    data: { userId, name: "pve", host: "h", tokenId: "t", tokenSecret: "s" },
  });
  const { templateRevisionId } = await offerTemplate(db);
  const container = await db.container.create({
    data: {
      projectId,
      nodeId,
      templateRevisionId,
      createdById: userId,
      spec: {},
      hostname: "a",
    },
  });
  const run = await db.run.create({
    data: {
      kind: "provision",
      state: endedAt ? "done" : "running",
      endedAt,
      ...subjectColumns({ type: "container", id: container.id }),
      projectId: container.projectId,
      nodeId,
      userId,
      requestKey: randomUUID(),
      steps: { create: { name: "create", title: "Create", position: 0 } },
    },
    include: { steps: true },
  });
  const stepId = run.steps[0]?.id ?? "";
  await db.runAttempt.create({ data: { runId: run.id, stepId, attempt: 1 } });
  await db.runLog.createMany({
    data: Array.from({ length: pieces }, (_, at) => ({
      runId: run.id,
      stepId,
      attempt: 1,
      stream: "output",
      byteOffset: at * 5,
      text: "line\n",
    })),
  });
  return run.id;
}

const read = async (id: string) => {
  const run = await database.db.run.findUniqueOrThrow({
    where: { id },
    include: { _count: { select: { logs: true, attempts: true, steps: true } } },
  });
  return {
    logs: run._count.logs,
    attempts: run._count.attempts,
    steps: run._count.steps,
    droppedAt: run.logsDroppedAt,
    version: run.version,
  };
};

test("logs of runs that ended before the retention are removed in batches; their record, younger logs and those under way stay", async () => {
  const [old, silent, young, long] = [
    await makeRun(daysAgo(91), 25),
    await makeRun(daysAgo(200), 0),
    await makeRun(daysAgo(89), 3),
    await makeRun(null, 4),
  ];

  expect(await dropOldLogs(database.db, { now, days: 90, batch: 10 })).toEqual({ runs: 2, pieces: 25 });

  expect(await read(old)).toEqual({ logs: 0, attempts: 1, steps: 1, droppedAt: now, version: 1 });
  expect(await read(silent)).toMatchObject({ droppedAt: now });
  expect(await read(young)).toMatchObject({ logs: 3, droppedAt: null, version: 0 });
  expect(await read(long)).toMatchObject({ logs: 4, droppedAt: null });
  expect(await dropOldLogs(database.db, { now, days: 90, batch: 10 })).toEqual({ runs: 0, pieces: 0 });
});

test("two workers at once remove each row once, and 0 days keeps everything", async () => {
  const old = await makeRun(daysAgo(400), 40);
  expect(await dropOldLogs(database.db, { now, days: 0 })).toEqual({ runs: 0, pieces: 0 });
  expect((await read(old)).logs).toBe(40);
  const both = await Promise.all([
    dropOldLogs(database.db, { now, days: 90, batch: 7 }),
    dropOldLogs(database.db, { now, days: 90, batch: 7 }),
  ]);
  expect(both.reduce((sum, { runs }) => sum + runs, 0)).toBe(1);
  expect(both.reduce((sum, { pieces }) => sum + pieces, 0)).toBe(40);
  expect(await read(old)).toMatchObject({ logs: 0, version: 1 });
});

test("more runs than a page holds; ended in the middle, the next call removes what is left", async () => {
  const runs = [];
  for (let index = 0; index < 5; index += 1) runs.push(await makeRun(daysAgo(100 + index), 6));
  let pages = 0;
  const interrupted = dropOldLogs(database.db, {
    now,
    days: 90,
    batch: 4,
    page: 2,
    mayGoOn: () => {
      pages += 1;
      if (pages === 6) throw new Error("killed");
    },
  });
  await expect(interrupted).rejects.toThrow("killed");
  const left = await database.db.runLog.count({ where: { runId: { in: runs } } });
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(30);

  const { pieces } = await dropOldLogs(database.db, { now, days: 90, batch: 4, page: 2 });

  expect(pieces).toBe(left);
  for (const id of runs) expect(await read(id)).toMatchObject({ logs: 0, droppedAt: now, version: 1 });
});

test("a mail's text goes with its link, the mail and its links 30 days later; what is still to be sent is given up then", async () => {
  const { db } = database;
  const { userId } = await addPerson(db, "Reader");
  const mail = async (state: "queued" | "kept" | "sent" | "dead", lapsed: number): Promise<string> => {
    const { id } = await db.mail.create({
      data: {
        to: "ada@example.com",
        kind: "reset_password",
        state,
        content: state === "sent" ? null : "sealed",
        nextTryAt: now,
        lapsesAt: daysAgo(lapsed),
        settledAt: state === "queued" ? null : daysAgo(lapsed),
      },
    });
    return id;
  };
  const [open, kept, queued, given] = [
    await mail("kept", -1),
    await mail("kept", 1),
    await mail("queued", 1),
    await mail("dead", 1),
  ];
  const gone = [await mail("sent", 31), await mail("kept", 31)];
  for (const [days, tokenHash] of [
    [31, "old"],
    [29, "young"],
  ] as const) {
    await db.passwordResetToken.create({ data: { userId, tokenHash, expiresAt: daysAgo(days) } });
    await db.emailVerificationToken.create({ data: { userId, email: "a@b.c", tokenHash, expiresAt: daysAgo(days) } });
  }
  await dropOldMails(db, { now, batch: 2 });

  const row = (id: string) =>
    db.mail.findUnique({ where: { id }, select: { state: true, content: true, failure: true } });
  expect(await row(open)).toEqual({ state: "kept", content: "sealed", failure: null });
  expect(await row(kept)).toEqual({ state: "kept", content: null, failure: null });
  expect(await row(queued)).toEqual({ state: "dead", content: null, failure: "lapsed" });
  expect(await row(given)).toEqual({ state: "dead", content: null, failure: null });
  expect(await Promise.all(gone.map(row))).toEqual([null, null]);
  const hashes = { select: { tokenHash: true } };
  expect(await db.passwordResetToken.findMany(hashes)).toEqual([{ tokenHash: "young" }]);
  expect(await db.emailVerificationToken.findMany(hashes)).toEqual([{ tokenHash: "young" }]);
});

test("the answer to a keyed request is kept for 30 days", async () => {
  const { id: userId } = await database.db.user.create({
    data: { email: `${randomUUID()}@example.com`, name: "Ada", passwordHash: "x" },
  });
  const kept = (key: string, days: number) => ({
    userId,
    key,
    action: "containers.create",
    contentHash: "h",
    outcome: {},
    createdAt: daysAgo(days),
  });
  const old = ["a", "b", "c", "d", "e"].map((key) => kept(key, 31));
  await database.db.idempotencyKey.createMany({ data: [...old, kept("young", 29)] });
  // More than one statement removes at once.
  expect(await dropOldAnswers(database.db, { now, batch: 2 })).toBe(5);
  expect(await database.db.idempotencyKey.findMany({ where: { userId }, select: { key: true } })).toEqual([
    { key: "young" },
  ]);
});
