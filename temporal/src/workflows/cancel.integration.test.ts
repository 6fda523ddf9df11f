// Cancelling a creation at any moment leaves nothing on the node and no reservation.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openFixture, type Fixture } from "../testing/fixture";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";
import { stallRuns } from "../testing/stalled-runs";

let fixture: Fixture;
let worker: TestWorker;
beforeAll(async () => {
  fixture = await openFixture({ scale: 1 });
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

test("cancelled in every step: undone, nothing on the node, the VMIDs free again", { timeout: 180_000 }, async () => {
  const runs = await stallRuns(fixture, (run) => worker.engine.startRun(run), { forMs: 15_000, firstVmid: 300 });
  for (const { runId } of runs) await worker.engine.cancel(runId);

  for (const { runId, step } of runs) {
    const run = await fixture.until(runId, "cancelled", 60_000);
    await keepHistory(`provision-cancelled-${step}`, runId, { address: inject("temporalAddress"), codec: fixture.codec });
    expect(run.container.lifecycle).toBe("deleted");
    expect(run.steps.map(({ state }) => state).filter((state) => !["undone", "skipped", "failed"].includes(state))).toEqual([]);
  }
  const left = await fixture.db.container.count({ where: { lifecycle: { not: "deleted" } } });
  expect(left).toBe(0);
  const again = await fixture.provision({ vmid: 300 });
  await worker.engine.startRun(again);
  await fixture.until(again.runId, "done");
});

test("cancelled while it waits for a decision: undone", async () => {
  const started = await fixture.provision({ hostname: "fail-start" });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision", 90_000);
  await worker.engine.cancel(started.runId);
  const run = await fixture.until(started.runId, "cancelled");
  expect(run.container.lifecycle).toBe("deleted");
}, 120_000);

test("while the node is away the clean-up is pending, not done; it finishes by itself", async () => {
  const started = await fixture.provision({}, { scripts: [{ name: "x", title: "x", content: ". /usr/local/lib/homeport/helpers\nfail no\n" }] });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  await fixture.lab.faults.unreachable({ ms: 60_000 });
  await worker.engine.cancel(started.runId);
  const waiting = await fixture.until(started.runId, "waiting");
  expect(waiting.waitingFor).toBe("cleanup pending: node lab is unreachable");
  expect(waiting.container.lifecycle).toBe("deleting");
  await fixture.lab.faults.unreachable({ ms: 0 });
  await fixture.until(started.runId, "cancelled", 60_000);
}, 90_000);

test("a run that was cancelled before it began is closed without touching the node", async () => {
  const started = await fixture.provision();
  await fixture.db.run.update({ where: { id: started.runId }, data: { cancelRequestedAt: new Date() } });
  await worker.engine.startRun(started);
  const run = await fixture.until(started.runId, "cancelled");
  expect(run.container.lifecycle).toBe("deleted");
  expect(run.container.vmid).toBeNull();
});
