// A run does what a person decided in Homeport, all of it, and nothing that only Temporal was asked for.
import { randomUUID } from "node:crypto";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { Prisma } from "@homeport/db/client";
import { Client, Connection, WorkflowUpdateFailedError } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { CANCEL_UPDATE, DECIDE_UPDATE, PAUSE_UPDATE } from "../contract";
import { atWork } from "../testing/at-work";
import type { Branch } from "../testing/branches";
import { cancel, clicked } from "../testing/decide";
import { openFixture, type Fixture, type Started } from "../testing/fixture";
import { hold } from "../testing/hold";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";
import { keepHistory } from "../testing/keep-history";
import { recordsOf, startScriptedWorker } from "../testing/scripted-worker";

let fixture: Fixture;
let worker: TestWorker;
/** Whoever reaches Temporal's port; with our keys even. */
let stranger: Client;
const address = inject("temporalAddress");
const keep = (name: Branch, { runId }: { runId: string }) =>
  keepHistory(name, runId, { address, codec: fixture.codec });
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, address);
  stranger = new Client({
    connection: await Connection.connect({ address }),
    dataConverter: { payloadCodecs: [fixture.codec] },
  });
});
afterAll(async () => {
  await stranger.connection.close();
  await worker.stop();
  await fixture.close();
});

const bare = { packages: [], files: [], scripts: [] };
const rows = async (runId: string) =>
  (await fixture.db.runDecision.findMany({ where: { runId }, orderBy: { id: "asc" } })).map(({ decision, refusal }) => [
    decision,
    refusal,
  ]);

/** What the run answers to an update that nobody recorded. */
async function refusalOf(runId: string, update: string, input: unknown): Promise<string> {
  const answer = await stranger.workflow
    .getHandle(runId)
    .executeUpdate(update, { args: [input] })
    .then(
      () => "taken",
      (error: unknown) => error,
    );
  return answer instanceof WorkflowUpdateFailedError ? (answer.cause?.message ?? "") : String(answer);
}

test("an undo, a skip, a cancel or a pause without its row is refused, and the container stands", async () => {
  const run = await fixture.provision({ hostname: "fail-start" }, bare);
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "awaiting_decision");
  const nobody = "Nobody decided this in Homeport.";
  for (const input of [{ decision: "undo" }, { decision: "undo", key: randomUUID() }, { decision: "retry", key: "x" }])
    expect(await refusalOf(run.runId, DECIDE_UPDATE, input)).toBe(nobody);
  expect(await refusalOf(run.runId, PAUSE_UPDATE, { key: randomUUID() })).toBe(nobody);
  expect(await refusalOf(run.runId, CANCEL_UPDATE, { key: randomUUID() })).toBe(
    "Nobody cancelled this run in Homeport.",
  );

  // The row of one decision does not stand for another one, nor for another failure, nor twice.
  const retry = await clicked(fixture, run.runId, { decision: "retry" });
  expect(await refusalOf(run.runId, DECIDE_UPDATE, { ...retry, decision: "undo" })).toBe(nobody);
  expect(await refusalOf(run.runId, DECIDE_UPDATE, { decision: "retry", key: retry.key })).toContain(
    "about this failure",
  );
  await fixture.db.runDecision.updateMany({ where: { runId: run.runId }, data: { deliveredAt: new Date() } });
  expect(await refusalOf(run.runId, DECIDE_UPDATE, retry)).toContain("decided before");

  expect((await fixture.until(run.runId, "awaiting_decision")).container.lifecycle).toBe("creating");
  await keep("provision-decision-not-recorded", run);
  await cancel(fixture, worker.engine, run.runId);
  await fixture.until(run.runId, "cancelled");
});

test("a cancel request that only Temporal got changes nothing and leaves a note; a person's cancel after it is done", async () => {
  const run = await fixture.provision({ hostname: "fail-start" }, bare);
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "awaiting_decision");
  await stranger.workflow.getHandle(run.runId).cancel();
  const noted = () =>
    fixture.db.containerEvent.count({ where: { containerId: run.containerId, type: "run.cancel_not_recorded" } });
  await expect.poll(noted).toBe(1);
  expect((await fixture.until(run.runId, "awaiting_decision")).container.lifecycle).toBe("creating");

  await cancel(fixture, worker.engine, run.runId);
  expect((await fixture.until(run.runId, "cancelled")).container.lifecycle).toBe("deleted");
  await keep("provision-cancel-not-recorded", run);
});

test("a cancel request of Temporal's that Homeport recorded is obeyed", async () => {
  const run = await fixture.provision({ hostname: "fail-start" }, bare);
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "awaiting_decision");
  await accept(run, "cancel");
  await stranger.workflow.getHandle(run.runId).cancel();
  await fixture.until(run.runId, "cancelled");
  await keep("provision-cancel-by-request", run);
});

test("a creation whose cancel was accepted, but not handed over, in its last steps is taken back", async () => {
  const run = await fixture.provision({ vmid: 700 }, bare);
  const letDiscover = await hold(fixture.db, Prisma.sql`LOCK TABLE "ContainerService" IN EXCLUSIVE MODE`);
  await worker.engine.startRun(run);
  await atWork(address, run.runId, "discover");
  await accept(run, "cancel");
  await letDiscover();
  expect((await fixture.until(run.runId, "cancelled")).container.lifecycle).toBe("deleted");
  expect(await rows(run.runId)).toEqual([["cancel", null]]);
  await keep("provision-cancelled-at-its-end", run);
});

test("a pause that was accepted in the last step, and a cancel of an operation that was done, are refused with why", async () => {
  const run = await fixture.provision({ vmid: 701 }, bare);
  const letDiscover = await hold(fixture.db, Prisma.sql`LOCK TABLE "ContainerService" IN EXCLUSIVE MODE`);
  await worker.engine.startRun(run);
  await atWork(address, run.runId, "discover");
  await accept(run, "pause", { delivered: true });
  // The workflow heard nothing: what is to be seen is the end of the run.
  await letDiscover();
  await fixture.until(run.runId, ["done", "paused"]);
  expect(await rows(run.runId)).toEqual([["pause", "The run had come to its end before it could pause."]]);

  const stop = await fixture.operate(run.containerId, "stop");
  await fixture.lab.faults.delayTask({ type: "vzstop", delayMs: 1_000 });
  await worker.engine.startRun(stop);
  await atWork(address, stop.runId, "stopLxc");
  await accept(stop, "cancel");
  await fixture.until(stop.runId, "done");
  expect(await rows(stop.runId)).toEqual([["cancel", "The run had ended."]]);
});

test("a record that dies with its worker while the run is cancelled ends the run as cancelled, not as failed", async () => {
  const scripted = await startScriptedWorker(address);
  const ended: string[] = [];
  let died = (): void => undefined;
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  let records = 0;
  const script = {
    ...recordsOf(["reserve", "discover"]),
    discover: () => Promise.resolve({}),
    nextFreeVmid: () => Promise.resolve(100),
    reserveVmid: () => Promise.resolve({ reserved: true as const }),
    record: async () => {
      if ((records += 1) < 2) return {};
      await death;
      throw ApplicationFailure.nonRetryable("activity StartToClose timeout");
    },
    closeRun: ({ state }: { state: string }) => {
      ended.push(state);
      return Promise.resolve({});
    },
  };
  const input = { runId: randomUUID(), containerId: randomUUID(), nodeId: randomUUID() };
  await scripted.play({ workflow: runKinds.provision.workflow, input, script }, async ({ handle, keep: keepIt }) => {
    await expect.poll(() => records).toBe(2);
    await handle.executeUpdate(CANCEL_UPDATE, { args: [{ key: randomUUID() }] });
    died();
    await handle.result().catch(() => undefined);
    await keepIt("provision-cancelled-in-a-record");
  });
  expect(ended).toEqual(["cancelled"]);
  await scripted.stop();
});

/** Accepted by the API, and not yet handed over. */
async function accept({ runId }: Started, decision: "cancel" | "pause", { delivered = false } = {}): Promise<void> {
  const { db, userId } = fixture;
  await db.runDecision.create({
    data: { runId, requestKey: randomUUID(), decision, userId, ...(delivered ? { deliveredAt: new Date() } : {}) },
  });
  await db.run.update({
    where: { id: runId },
    data: decision === "cancel" ? { cancelRequestedAt: new Date() } : { pauseRequestedAt: new Date() },
  });
}
