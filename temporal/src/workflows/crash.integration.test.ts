// A worker killed in every step at once: each run ends in one container, nothing done twice, no line lost or doubled.
import { randomUUID } from "node:crypto";
import { createDb } from "@homeport/db/client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { unitName } from "../activities/host/script/run-detached";
import { createEngine, type Engine } from "../client";
import { engineNames } from "../engine-names";
import { startChildWorker, type ChildWorker } from "../testing/child-worker";
import { openFixture, type Fixture } from "../testing/fixture";
import { labOutput } from "../testing/lab-output";
import { stallRuns } from "../testing/stalled-runs";

let fixture: Fixture;
let engine: Engine;
let worker: ChildWorker;
const taskQueue = `test-${randomUUID()}`;
const address = inject("temporalAddress");
beforeAll(async () => {
  fixture = await openFixture({ scale: 1 });
  engine = createEngine({
    address,
    taskQueue,
    codec: fixture.codec,
    names: engineNames(fixture.db),
    timeoutMs: 10_000,
  });
  worker = await startChildWorker(fixture, { address, taskQueue });
});
afterAll(async () => {
  await worker.kill();
  await engine.close();
  await fixture.close();
});

test("kill -9 in every step: one container each, every step once, every log whole", async () => {
  const runs = await stallRuns(fixture, (run) => engine.startRun(run), { forMs: 8_000, firstVmid: 500 });
  await worker.kill();
  worker = await startChildWorker(fixture, { address, taskQueue });

  for (const { runId, vmid } of runs) {
    const run = await fixture.until(runId, "done");
    expect(run.steps.map(({ state, attempt }) => `${state} ${attempt}`)).toEqual(run.steps.map(() => "done 1"));
    expect(run.container).toMatchObject({ vmid, lifecycle: "ready" });
    for (const name of ["one", "two"]) {
      const stored = await fixture.output(runId, `script-${name}`);
      const unit = unitName({
        runId,
        step: `script-${name}`,
        attempt: 1,
        vmid,
        containerId: run.containerId,
        nodeId: run.nodeId,
      });
      expect(stored).toBe(await labOutput(fixture.lab, vmid, unit));
      expect(stored.match(new RegExp(`${name} begins`, "g"))).toHaveLength(1);
    }
  }
  const journal = await fixture.lab.faults.journal();
  for (const { vmid } of runs) {
    expect(
      journal.filter((entry) => entry.vmid === vmid && entry.method === "POST" && entry.path.endsWith("/lxc")),
    ).toHaveLength(1);
    expect(journal.filter((entry) => entry.vmid === vmid && entry.path.endsWith("/status/start"))).toHaveLength(1);
  }
});

test("SIGTERM ends the worker soon and hands its steps over; the scripts go on meanwhile", async () => {
  const runs = await stallRuns(fixture, (run) => engine.startRun(run), { forMs: 8_000, firstVmid: 600 });
  const { tookMs, code } = await worker.stop();
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(20_000);
  worker = await startChildWorker(fixture, { address, taskQueue });
  for (const { runId } of runs) await fixture.until(runId, "done");
});

test("every session of PostgreSQL cut in every step: the worker lives on and loses nothing", async () => {
  const runs = await stallRuns(fixture, (run) => engine.startRun(run), { forMs: 4_000, firstVmid: 700 });
  const admin = createDb(inject("postgresUrl"), { max: 1 });
  const name = new URL(fixture.databaseUrl).pathname.slice(1);
  for (let cut = 0; cut < 5; cut += 1)
    await admin.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${name}`;
  await admin.$disconnect();
  for (const { runId } of runs) {
    const run = await fixture.until(runId, "done");
    const stored = await fixture.output(runId, "script-two");
    const unit = unitName({
      runId,
      step: "script-two",
      attempt: 1,
      vmid: run.container.vmid ?? 0,
      containerId: run.containerId,
      nodeId: run.nodeId,
    });
    expect(stored).toBe(await labOutput(fixture.lab, run.container.vmid ?? 0, unit));
  }
  expect(worker.alive()).toBe(true);
});
