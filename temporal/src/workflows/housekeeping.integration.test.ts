// The housekeeping as a whole: one for all workers, back by itself, and finished by another worker when one is killed in it.
import { randomUUID } from "node:crypto";
import { Prisma } from "@homeport/db/client";
import { Client, Connection } from "@temporalio/client";
import { until } from "@homeport/testing/until";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { housekeepingWorkflowId } from "../contract";
import { startChildWorker } from "../testing/child-worker";
import { openFixture, type Fixture } from "../testing/fixture";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";
import { hold } from "../testing/hold";
import { keepHistory } from "../testing/keep-history";

const address = inject("temporalAddress");
const taskQueue = `test-${randomUUID()}`;
const workflowId = housekeepingWorkflowId(taskQueue);

let fixture: Fixture;
let client: Client;
const workers: TestWorker[] = [];
beforeAll(async () => {
  fixture = await openFixture();
  client = new Client({ connection: await Connection.connect({ address }) });
});
afterAll(async () => {
  await client.workflow
    .getHandle(workflowId)
    .terminate()
    .catch(() => undefined);
  for (const worker of workers) await worker.stop();
  await client.connection.close();
  await fixture.close();
});

const longAgo = new Date(Date.now() - 100 * 86_400_000);

/** Of a run that ended long ago. */
async function oldLogs(pieces: number): Promise<string> {
  const { runId } = await fixture.provision();
  const { db } = fixture;
  await db.run.update({ where: { id: runId }, data: { state: "failed", endedAt: longAgo } });
  const { id: stepId } = await db.runStep.findFirstOrThrow({ where: { runId } });
  await db.runLog.createMany({
    data: Array.from({ length: pieces }, (_, at) => ({
      runId,
      stepId,
      attempt: 1,
      stream: "output",
      byteOffset: at * 5,
      text: "line\n",
    })),
  });
  return runId;
}

/** What was asked for in this round, and how often each was tried. */
async function asked(): Promise<{ type: string; attempt: number }[]> {
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  const types = new Map(
    (events ?? []).map(({ eventId, activityTaskScheduledEventAttributes: scheduled }) => [
      String(eventId),
      scheduled?.activityType?.name ?? "",
    ]),
  );
  return (events ?? []).flatMap(({ activityTaskStartedEventAttributes: started }) =>
    started ? [{ type: types.get(String(started.scheduledEventId)) ?? "", attempt: started.attempt ?? 0 }] : [],
  );
}

const chores = ["dropDrafts", "dropOldAnswers", "dropOldLogs", "checkAuditLog"];
const isChecked = async (): Promise<boolean> => (await fixture.db.auditCheck.count()) === 1;

test("a worker killed in the middle of the old logs: another goes on, and each is removed once", async () => {
  const { db } = fixture;
  const [done = "", stuck = ""] = [await oldLogs(3), await oldLogs(4)].sort();
  const read = (id: string) =>
    db.run.findUniqueOrThrow({ where: { id }, select: { logsDroppedAt: true, version: true } });

  // Somebody holds a row of the second run: the worker waits for it, with the first one done.
  const letGo = await hold(db, Prisma.sql`SELECT 1 FROM "RunLog" WHERE "runId" = ${stuck}::uuid FOR UPDATE`);
  const killed = await startChildWorker(fixture, { address, taskQueue });
  try {
    await until("the worker waits", async () => {
      const [waiting] = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'DELETE FROM "RunLog"%'`;
      return (waiting?.count ?? 0n) > 0n;
    });
  } catch (error) {
    throw new Error(`${JSON.stringify(await asked())}\n${killed.printed()}`, { cause: error });
  } finally {
    await killed.kill();
    await letGo();
  }
  expect((await read(done)).logsDroppedAt).not.toBeNull();
  expect((await read(stuck)).logsDroppedAt).toBeNull();
  expect(await isChecked()).toBe(false);

  workers.push(await startTestWorker(fixture, address, { taskQueue }));
  await until("the round is done", isChecked);

  // The last chore's row is there before its end is in the history.
  await expect.poll(async () => (await asked()).map(({ type }) => type)).toEqual(chores);
  expect((await asked()).find(({ type }) => type === "dropOldLogs")?.attempt).toBeGreaterThan(1);
  for (const id of [done, stuck]) expect((await read(id)).version).toBe(1);
  expect(await db.runLog.count()).toBe(0);
});

test("two workers that both ask for it, again and again: one round. Lost with Temporal's data, it comes back", async () => {
  workers.push(await startTestWorker(fixture, address, { taskQueue }));
  await client.workflow.getHandle(workflowId).terminate();
  await fixture.db.auditCheck.deleteMany();
  await fixture.db.proxmoxNode.create({
    data: { userId: fixture.userId, name: "draft", host: "h", tokenId: "t", tokenSecret: "s", draftUntil: longAgo },
  });

  for (let times = 0; times < 3; times += 1) await Promise.all(workers.map(({ engine }) => engine.keepHouse()));
  await until("the round is done", isChecked);
  await Promise.all(workers.map(({ engine }) => engine.keepHouse()));

  await expect.poll(asked).toEqual(chores.map((type) => ({ type, attempt: 1 })));
  expect(await fixture.db.proxmoxNode.count({ where: { draftUntil: { not: null } } })).toBe(0);
  await keepHistory("housekeeping", workflowId, { address, codec: fixture.codec });
});
