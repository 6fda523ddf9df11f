// Nothing acts for a run that has ended, is gone, or has gone on; a destroy leaves a guest alone whose mark is another one by then.
import { Client, Connection } from "@temporalio/client";
import { markerText } from "@homeport/domain/marker";
import { connectProxmox } from "@homeport/proxmox";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openStepBook } from "./activities/records/step-book";
import type { Branch } from "./testing/branches";
import { openFixture, type Fixture } from "./testing/fixture";
import { keepHistory } from "./testing/keep-history";
import { startTestWorker, type TestWorker } from "./testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
let client: Client;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
  client = new Client({ connection: await Connection.connect({ address: inject("temporalAddress") }) });
});
afterAll(async () => {
  await worker.stop();
  await client.connection.close();
  await fixture.close();
});

const keep = (name: Branch, { runId }: { runId: string }, executionId?: string) => keepHistory(name, runId, { address: inject("temporalAddress"), codec: fixture.codec, ...(executionId === undefined ? {} : { executionId }) });
const bare = { packages: [], files: [], scripts: [] };
const calls = async (vmid: number) => (await fixture.lab.faults.journal()).filter((entry) => entry.vmid === vmid).length;

async function failedRun(vmid: number) {
  await fixture.lab.faults.failTask({ type: "vzstart", vmid, error: "startup for container failed", times: 9 });
  const run = await fixture.provision({ vmid }, bare);
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "awaiting_decision");
  return run;
}

test("a cancelled workflow whose run has ended undoes nothing, and ends well", async () => {
  const run = await failedRun(820);
  await fixture.db.run.update({ where: { id: run.runId }, data: { state: "done", endedAt: new Date() } });
  const before = await calls(820);
  await client.workflow.getHandle(run.runId).cancel();
  await client.workflow.getHandle(run.runId).result();
  await keep("provision-fenced", run);
  expect(await calls(820)).toBe(before);
  expect(await fixture.db.container.findUniqueOrThrow({ where: { id: run.containerId } })).toMatchObject({ vmid: 820, lifecycle: "creating" });
});

test("a workflow whose run is gone from the database does nothing more", async () => {
  const run = await failedRun(821);
  await fixture.db.run.delete({ where: { id: run.runId } });
  const before = await calls(821);
  await client.workflow.getHandle(run.runId).cancel();
  await client.workflow.getHandle(run.runId).result();
  await keep("provision-gone", run);
  expect(await calls(821)).toBe(before);
});

test("a workflow that is behind its rows begins anew from them", async () => {
  const run = await failedRun(822);
  await fixture.db.runStep.updateMany({ where: { runId: run.runId, name: "start" }, data: { attempt: 3 } });
  const { runId: begun } = await client.workflow.getHandle(run.runId).describe();
  await fixture.lab.faults.reset();
  await worker.engine.decide(run.runId, "retry", "behind");
  const done = await fixture.until(run.runId, "done");
  expect(done.steps.find(({ name }) => name === "start")).toMatchObject({ state: "done", attempt: 3 });
  await keep("provision-passed", run, begun);
  await keep("provision-begun-anew", run);
});

test("a workflow that begins after its run has ended does nothing", async () => {
  const run = await fixture.provision({ vmid: 825 }, bare);
  await fixture.db.run.update({ where: { id: run.runId }, data: { state: "cancelled", endedAt: new Date() } });
  await worker.engine.startRun(run);
  await client.workflow.getHandle(run.runId).result();
  expect(await calls(825)).toBe(0);
  await keep("provision-ended-before", run);
});

test("a worker that slept through its step's next attempt writes nothing of what it still believes", async () => {
  const run = await failedRun(823);
  const at = { ...run, step: "start", attempt: 1 };
  const zombie = await openStepBook(fixture.db, at, 1);
  await fixture.db.runStep.updateMany({ where: { runId: run.runId, name: "start" }, data: { attempt: 2, state: "running" } });
  await expect(zombie.append("output", { at: 0, bytes: Buffer.from("late\n"), memory: {} })).rejects.toMatchObject({ name: "Superseded" });
  await expect(zombie.wait("something old", "api")).rejects.toMatchObject({ name: "Superseded" });
  await zombie.remember({ startedAgain: 9 });
  const row = await fixture.db.runStep.findFirstOrThrow({ where: { runId: run.runId, name: "start" } });
  expect(row).toMatchObject({ state: "running", attempt: 2 });
  expect(row.journal).not.toMatchObject({ startedAgain: 9 });
});

test("a guest whose mark changed before its destroy is left alone", async () => {
  const run = await fixture.provision({ vmid: 824 }, bare);
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "done");
  const { lab } = fixture;
  const api = connectProxmox({ host: lab.host, port: lab.port, tokenId: lab.token.id, tokenSecret: lab.token.secret, fingerprint: lab.fingerprint });
  expect((await api.lxcConfig("pve", 824)).description).toContain(markerText(run.containerId, (await fixture.db.installation.findFirstOrThrow()).id).trim());
  const other = "01890a5d-ac96-774b-bcce-b302099a8057";
  await api.setLxcConfig("pve", 824, { description: markerText(other, other) });
  const destroy = await fixture.operate(run.containerId, "destroy");
  await worker.engine.startRun(destroy);
  const stopped = await fixture.until(destroy.runId, "awaiting_decision");
  expect(stopped.error).toContain("it is left alone");
  expect((await api.lxcStatus("pve", 824)).status).toBe("running");
});
