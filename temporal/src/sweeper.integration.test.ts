// What must happen although nobody asks again.
import { randomUUID } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createEngine } from "./client";
import { engineNames } from "./engine-names";
import { findLost, startQueued } from "./sweeper";
import { cancel } from "./testing/decide";
import { openFixture, type Fixture } from "./testing/fixture";
import { startTestWorker, type TestWorker } from "./testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
const log = (): void => undefined;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

const bare = { packages: [], files: [], scripts: [] };
const old = (runId: string) =>
  fixture.db.run.update({ where: { id: runId }, data: { createdAt: new Date(Date.now() - 60_000) } });

test("a click while Temporal was down is refused soon and started later, once", async () => {
  const away = createEngine({
    address: "127.0.0.1:1",
    codec: fixture.codec,
    names: engineNames(fixture.db),
    timeoutMs: 500,
  });
  const run = await fixture.provision({}, bare);
  await expect(away.startRun(run)).rejects.toMatchObject({ name: "AppError", code: "unavailable" });
  expect(await away.status()).toMatchObject({ temporal: { ok: false }, worker: { ok: false } });
  await away.close();

  await old(run.runId);
  const deps = { db: fixture.db, engine: worker.engine, log };
  await Promise.all([startQueued(deps), startQueued(deps)]);
  await fixture.until(run.runId, "done");
  const creates = (await fixture.lab.faults.journal()).filter(
    ({ method, path }) => method === "POST" && path.endsWith("/lxc"),
  );
  expect(creates).toHaveLength(1);
});

test("a run that Temporal forgot is begun anew and finds what it did before", async () => {
  const run = await fixture.provision({}, bare);
  await worker.engine.startRun(run);
  const done = await fixture.until(run.runId, "done");
  // As after the loss of Temporal's data: the row says that it is under way, and there is no workflow.
  const lost = await fixture.provision({ vmid: null }, bare);
  await fixture.db.run.update({ where: { id: lost.runId }, data: { state: "running" } });
  await findLost({ db: fixture.db, engine: worker.engine, log });
  const again = await fixture.until(lost.runId, "done");
  expect(again.container.vmid).not.toBe(done.container.vmid);
});

test("a run that somebody terminated in Temporal waits to be settled, says so, and goes on from where it was", async () => {
  const client = new Client({ connection: await Connection.connect({ address: inject("temporalAddress") }) });
  const run = await fixture.provision({ hostname: "no-address" }, bare);
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "running");
  await client.workflow.getHandle(run.runId).terminate();
  await findLost({ db: fixture.db, engine: worker.engine, log });
  await findLost({ db: fixture.db, engine: worker.engine, log });
  expect((await fixture.until(run.runId, "waiting")).waitingFor).toEqual({ on: "settlement" });
  expect(await fixture.db.orphan.findMany({ where: { runId: run.runId } })).toMatchObject([
    { kind: "run_without_workflow", state: "open", userId: fixture.userId },
  ]);

  await worker.engine.resumeRun(run);
  await fixture.until(run.runId, "running");
  await cancel(fixture, worker.engine, run.runId);
  await fixture.until(run.runId, "cancelled");
  await client.connection.close();
});

test("the worker and Temporal are told to be well, and a run has a summary", async () => {
  expect(await worker.engine.status()).toEqual({
    temporal: { ok: true, reason: null },
    worker: { ok: true, reason: null },
  });
  const run = await fixture.provision({ hostname: "told" }, bare);
  expect((await engineNames(fixture.db).run(run.runId))?.summary).toMatch(
    /^provision told from t-[0-9a-f-]+ on lab, for .*@homeport\.local$/,
  );
  const engine = createEngine({
    address: inject("temporalAddress"),
    codec: fixture.codec,
    names: engineNames(fixture.db),
    taskQueue: `nobody-${randomUUID()}`,
  });
  expect((await engine.status()).worker.ok).toBe(false);
  await engine.close();
});
