// Cancelling a creation at any moment leaves nothing on the node and no reservation.
import { Prisma } from "@homeport/db/client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { atWork } from "../testing/at-work";
import type { Branch } from "../testing/branches";
import { cancel } from "../testing/decide";
import { openFixture, type Fixture, type Started } from "../testing/fixture";
import { hold } from "../testing/hold";
import { holdSlot } from "../testing/hold-slot";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";
import { stallRuns } from "../testing/stalled-runs";

let fixture: Fixture;
let worker: TestWorker;
const address = inject("temporalAddress");
const keep = (name: Branch, { runId }: { runId: string }) =>
  keepHistory(name, runId, { address, codec: fixture.codec });
beforeAll(async () => {
  fixture = await openFixture({ scale: 1 });
  worker = await startTestWorker(fixture, address);
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

test("cancelled in every step: undone, nothing on the node, the VMIDs free again", async () => {
  const runs = await stallRuns(fixture, (run) => worker.engine.startRun(run), { forMs: 15_000, firstVmid: 300 });
  for (const { runId } of runs) await cancel(fixture, worker.engine, runId);

  for (const { runId, step } of runs) {
    const run = await fixture.until(runId, "cancelled");
    await keep(`provision-cancelled-${step}` as Branch, { runId }); // those of stallRuns
    expect(run.container.lifecycle).toBe("deleted");
    expect(
      run.steps.map(({ state }) => state).filter((state) => !["undone", "skipped", "failed"].includes(state)),
    ).toEqual([]);
  }
  const left = await fixture.db.container.count({ where: { lifecycle: { not: "deleted" } } });
  expect(left).toBe(0);
  const again = await fixture.provision({ vmid: 300 });
  await worker.engine.startRun(again);
  await fixture.until(again.runId, "done");
});

test("cancelled in the steps that nothing slows down, held at their rows: undone, nothing on the node", async () => {
  const { db } = fixture;
  const reserving = await fixture.provision();
  const letReserve = await hold(
    db,
    Prisma.sql`SELECT 1 FROM "Container" WHERE "id" = ${reserving.containerId}::uuid FOR NO KEY UPDATE`,
  );
  await worker.engine.startRun(reserving);
  await cancelAt(reserving, "nextFreeVmid", letReserve);
  await keep("provision-cancelled-reserve", reserving);

  const filing = await fixture.provision({ vmid: 340 }, { packages: [], scripts: [] });
  const letIn = await holdSlot(fixture, worker.engine, "task");
  await worker.engine.startRun(filing);
  await fixture.until(filing.runId, "waiting");
  // From its start on nobody but the step that writes the files reads the template.
  const letFiles = await hold(db, Prisma.sql`LOCK TABLE "TemplateRevision" IN ACCESS EXCLUSIVE MODE`);
  await letIn();
  await cancelAt(filing, "deployFiles", letFiles);
  await keep("provision-cancelled-files", filing);

  const looking = await fixture.provision({ vmid: 341 }, { packages: [], files: [] });
  const letDiscover = await hold(db, Prisma.sql`LOCK TABLE "ContainerService" IN EXCLUSIVE MODE`);
  await worker.engine.startRun(looking);
  await cancelAt(looking, "discover", letDiscover);
  await keep("provision-cancelled-discover", looking);
  expect(await db.container.count({ where: { lifecycle: { not: "deleted" }, vmid: { in: [340, 341] } } })).toBe(0);
});

async function cancelAt(run: Started, activity: string, letGo: () => Promise<void>): Promise<void> {
  try {
    await atWork(address, run.runId, activity);
    await cancel(fixture, worker.engine, run.runId);
  } finally {
    await letGo(); // else what comes after it waits for the lock, and fails as well
  }
  expect((await fixture.until(run.runId, "cancelled")).container.lifecycle).toBe("deleted");
}

test("cancelled while it waits for a decision: undone", async () => {
  const started = await fixture.provision({ hostname: "fail-start" });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  await cancel(fixture, worker.engine, started.runId);
  const run = await fixture.until(started.runId, "cancelled");
  expect(run.container.lifecycle).toBe("deleted");
  await keep("provision-cancelled-awaiting", started);
});

test("while the node is away the clean-up is pending, not done; it finishes by itself", async () => {
  const started = await fixture.provision(
    {},
    { scripts: [{ name: "x", title: "x", content: ". /usr/local/lib/homeport/helpers\nfail no\n" }] },
  );
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  await fixture.lab.faults.unreachable({ ms: 60_000 });
  await cancel(fixture, worker.engine, started.runId);
  const waiting = await fixture.until(started.runId, "waiting");
  expect(waiting.waitingFor).toEqual({
    on: "cleanup",
    until: { on: "node", node: "lab", why: "unreachable" },
  });
  expect(waiting.container.lifecycle).toBe("deleting");
  await keep("provision-cleanup-pending", started);
  await fixture.lab.faults.unreachable({ ms: 0 });
  await fixture.until(started.runId, "cancelled");
  await keep("provision-cleaned-up", started);
});

test("a run that was cancelled before it began is closed without touching the node", async () => {
  const started = await fixture.provision();
  await fixture.db.run.update({ where: { id: started.runId }, data: { cancelRequestedAt: new Date() } });
  await worker.engine.startRun(started);
  const run = await fixture.until(started.runId, "cancelled");
  expect(run.container.lifecycle).toBe("deleted");
  expect(run.container.vmid).toBeNull();
  await keep("provision-cancelled-queued", started);
});
