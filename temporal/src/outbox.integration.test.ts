// A decision made while the engine is away is done once it is back, once, and one that came too late says so.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createEngine, type Engine } from "./client";
import { engineNames } from "./engine-names";
import { deliverDecisions } from "./outbox";
import { clicked, steer } from "./testing/decide";
import { openFixture, type Fixture } from "./testing/fixture";
import { startTestWorker, type TestWorker } from "./testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
let away: Engine;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
  away = createEngine({ address: "127.0.0.1:1", codec: fixture.codec, names: engineNames(fixture.db), timeoutMs: 500 });
});
afterAll(async () => {
  await away.close();
  await worker.stop();
  await fixture.close();
});

const deliver = (engine: Engine = worker.engine) => deliverDecisions({ db: fixture.db, engine, log: () => undefined });
const rows = async (runId: string) =>
  (await fixture.db.runDecision.findMany({ where: { runId }, orderBy: { id: "asc" } })).map(
    ({ decision, deliveredAt, refusal }) => [decision, deliveredAt !== null, refusal],
  );
const agoMs = 60_000;
const template = (optional = false) => ({
  packages: [],
  files: [],
  scripts: [
    {
      name: "configure",
      title: "Configure it",
      content: '. /usr/local/lib/homeport/helpers\nlog begun\n[ "$HOMEPORT_ATTEMPT" = 2 ] || fail not yet\n',
      optional,
    },
  ],
});

async function failed(): Promise<string> {
  const started = await fixture.provision({}, template());
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  return started.runId;
}

test("decided while Temporal is away: delivered when it is back, once, and never again", async () => {
  const runId = await failed();
  await clicked(fixture, runId, {
    decision: "retry",
    edit: { script: ". /usr/local/lib/homeport/helpers\nlog edited\n" },
    agoMs,
  });
  await expect(deliver(away)).rejects.toMatchObject({ code: "unavailable" });
  expect(await rows(runId)).toEqual([["retry", false, null]]);
  await Promise.all([deliver(), deliver()]);
  const run = await fixture.until(runId, "done");
  await deliver();
  expect(await rows(runId)).toEqual([["retry", true, null]]);
  expect(run.steps.find(({ name }) => name === "script-configure")).toMatchObject({ attempt: 2 });
  expect(await fixture.output(runId, "script-configure")).toBe("begun\nERROR: not yet\nedited\n");
});

test("a decision whose answer was lost on the way back is not done twice, not even after the run has ended", async () => {
  const runId = await failed();
  const { key, ...decided } = await clicked(fixture, runId, { decision: "retry", agoMs });
  await worker.engine.decide(runId, decided, key);
  await deliver();
  await fixture.until(runId, "done");
  expect(await rows(runId)).toEqual([["retry", true, null]]);
  // Its row has ended a moment before its workflow has.
  await expect.poll(() => worker.engine.runStatus(runId)).toBe("ended");
  await expect(worker.engine.decide(runId, decided, randomUUID())).rejects.toMatchObject({
    code: "conflict",
    message: "This run has ended.",
  });
});

test("in order: what no longer fits is settled with the reason, and a cancel makes the rest moot", async () => {
  const runId = await failed();
  await clicked(fixture, runId, { decision: "retry", agoMs });
  const late = await clicked(fixture, runId, { decision: "undo", agoMs });
  await deliver();
  await fixture.until(runId, "done");
  expect(await rows(runId)).toMatchObject([
    ["retry", true, null],
    ["undo", true, expect.any(String)],
  ]);
  expect(late.attempt).toBe(1);

  const cancelled = await failed();
  await clicked(fixture, cancelled, { decision: "retry", agoMs });
  await fixture.db.run.update({ where: { id: cancelled }, data: { cancelRequestedAt: new Date() } });
  await fixture.db.runDecision.create({
    data: {
      runId: cancelled,
      requestKey: randomUUID(),
      decision: "cancel",
      userId: fixture.userId,
      createdAt: new Date(Date.now() - agoMs),
    },
  });
  await deliver();
  await fixture.until(cancelled, "cancelled");
  expect(await rows(cancelled)).toEqual([
    ["retry", true, "The run is being cancelled."],
    ["cancel", true, null],
  ]);
});

test("paused and resumed while Temporal is away, in the order of the clicks", async () => {
  const runId = await failed();
  await steer(fixture, null, { runId, to: "pause" });
  await steer(fixture, null, { runId, to: "resume" });
  await clicked(fixture, runId, { decision: "retry", agoMs });
  await deliver();
  await fixture.until(runId, "done");
  expect(await rows(runId)).toEqual([
    ["pause", true, null],
    ["resume", true, null],
    ["retry", true, null],
  ]);
});

test("cancelled before its workflow was there: delivered, and the run closes without touching the node", async () => {
  const started = await fixture.provision({}, template());
  await fixture.db.run.update({ where: { id: started.runId }, data: { cancelRequestedAt: new Date() } });
  await fixture.db.runDecision.create({
    data: {
      runId: started.runId,
      requestKey: randomUUID(),
      decision: "cancel",
      userId: fixture.userId,
      createdAt: new Date(Date.now() - agoMs),
    },
  });
  await deliver();
  await worker.engine.startRun(started);
  const run = await fixture.until(started.runId, "cancelled");
  expect(run.container.vmid).toBeNull();
  expect(await rows(started.runId)).toEqual([["cancel", true, null]]);
});

test("a run that Temporal forgot while it waited for a decision is begun anew, fails again, and then takes the decision", async () => {
  const started = await fixture.provision({}, template());
  const { runId } = started;
  // As after the loss of Temporal's data, in the middle of a failure.
  await fixture.db.runStep.update({
    where: { runId_name: { runId, name: "script-configure" } },
    data: { state: "failed", startedAt: new Date(), error: "not yet" },
  });
  await fixture.db.run.update({ where: { id: runId }, data: { state: "awaiting_decision" } });
  await clicked(fixture, runId, { decision: "retry", agoMs });
  await expect(deliver()).rejects.toMatchObject({ code: "unavailable" });
  expect(await rows(runId)).toEqual([["retry", false, null]]);
  await worker.engine.startRun(started);
  await expect.poll(() => fixture.output(runId, "script-configure")).toContain("not yet");
  await fixture.until(runId, "awaiting_decision");
  await deliver();
  await fixture.until(runId, "done");
  expect(await rows(runId)).toEqual([["retry", true, null]]);
});
