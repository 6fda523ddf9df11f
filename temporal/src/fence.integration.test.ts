// Nothing acts for a run that has ended, is gone, or has gone on; a destroy leaves a guest alone whose ownership tag is another one by then.
import { asyncLocalStorage, type Context } from "@temporalio/activity";
import { Client, Connection } from "@temporalio/client";
import { ownershipNote } from "@homeport/domain/container/ownership-tag";
import { connectProxmox } from "@homeport/proxmox";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { StepRecord } from "./activities/ports";
import { runRecords } from "./activities/records/run-records";
import { createVmidPorts } from "./activities/records/vmid/vmid-ports";
import { vmidRecords } from "./activities/records/vmid/vmid-records";
import { openStepRecord } from "./activities/records/step-record";
import type { Branch } from "./testing/branches";
import { clicked, decide } from "./testing/decide";
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

const keep = (name: Branch, { runId }: { runId: string }, executionId?: string) =>
  keepHistory(name, runId, {
    address: inject("temporalAddress"),
    codec: fixture.codec,
    ...(executionId === undefined ? {} : { executionId }),
  });
const bare = { packages: [], files: [], scripts: [] };
const calls = async (vmid: number) =>
  (await fixture.lab.faults.journal()).filter((entry) => entry.vmid === vmid).length;

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
  expect(await fixture.db.container.findUniqueOrThrow({ where: { id: run.containerId } })).toMatchObject({
    vmid: 820,
    lifecycle: "creating",
  });
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
  const { key, ...click } = await clicked(fixture, run.runId, { decision: "retry" });
  await fixture.db.runStep.updateMany({ where: { runId: run.runId, name: "start" }, data: { attempt: 3 } });
  const { runId: begun } = await client.workflow.getHandle(run.runId).describe();
  await fixture.lab.faults.reset();
  await worker.engine.decide(run.runId, click, key);
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

const late = { name: "Superseded" };
const rows = (id: string) =>
  fixture.db.run.findUniqueOrThrow({ where: { id }, include: { steps: { orderBy: { position: "asc" } } } });

const unreachable = {
  reason: { on: "node", node: "lab", why: "unreachable" },
  transport: "api",
  undoing: false,
} as const;

/** Everything that a step's worker writes while the step is under way is refused. */
async function writesNothing(
  zombie: StepRecord,
  { runId, containerId, step }: { runId: string; containerId: string; step: string },
): Promise<void> {
  const before = await rows(runId);
  const reserved = () => fixture.db.container.findUniqueOrThrow({ where: { id: containerId }, select: { vmid: true } });
  const vmid = await reserved();
  const by = { runId, containerId, step, writer: zombie.writer };
  const { vmids } = createVmidPorts(fixture.db);
  await expect(vmids.reserve(by, [9_000])).rejects.toMatchObject(late);
  await expect(vmids.giveBack(by)).rejects.toMatchObject(late);
  expect(await reserved()).toEqual(vmid);
  await expect(zombie.append("output", { at: 0, bytes: Buffer.from("late\n"), memory: {} })).rejects.toMatchObject(
    late,
  );
  await expect(zombie.wait(unreachable)).rejects.toMatchObject(late);
  await expect(zombie.move()).rejects.toMatchObject(late);
  await expect(zombie.remember({ startedAgain: 9 })).rejects.toMatchObject(late);
  expect(await rows(runId)).toEqual(before);
}

test("a worker that slept through its step's next attempt, or next try, writes nothing of what it still believes", async () => {
  const run = await failedRun(823);
  const at = { ...run, step: "start", attempt: 1 };
  await fixture.db.run.update({ where: { id: run.runId }, data: { state: "running" } });
  const first = await openStepRecord(fixture.db, at, { tries: 1 });
  await first.wait(unreachable);
  const second = await openStepRecord(fixture.db, at, { tries: 2 });
  await writesNothing(first, at);
  const third = await openStepRecord(fixture.db, { ...at, attempt: 2 }, { tries: 1 });
  await writesNothing(second, at);
  await third.wait(unreachable);
  expect((await rows(run.runId)).steps.find(({ name }) => name === "start")).toMatchObject({
    state: "waiting",
    detail: { is: "waiting", for: { on: "node", node: "lab", why: "unreachable" } },
  });
});

test("a worker that slept until its run waited for a person, or had ended, changes nothing of it", async () => {
  const run = await failedRun(826);
  const zombie = await openStepRecord(fixture.db, { ...run, step: "start", attempt: 1 }, { tries: 1 });
  await expect(zombie.wait(unreachable)).rejects.toMatchObject(late);
  expect(await rows(run.runId)).toMatchObject({ state: "awaiting_decision", waitingFor: { on: "decision" } });
  await decide(fixture, worker.engine, { runId: run.runId, decision: "undo" });
  await fixture.until(run.runId, "undone");
  const before = await rows(run.runId);
  await expect(zombie.wait(unreachable)).rejects.toMatchObject(late);
  const records = runRecords({ db: fixture.db, vault: fixture.vault });
  await expect(records.record({ runId: run.runId, began: { step: "ready", attempt: 1 } })).rejects.toThrow();
  await expect(records.pause({ runId: run.runId, step: "start", error: "late" })).rejects.toThrow();
  await expect(records.holdRun({ runId: run.runId, key: "" })).rejects.toThrow();
  await expect(records.beginUndo({ runId: run.runId, step: null })).rejects.toThrow();
  await records.openRun({ runId: run.runId });
  expect(await rows(run.runId)).toEqual(before);
});

test("a try of the run's first activity that wakes when the run waits for a person changes nothing; another workflow of the run opens it anew", async () => {
  const run = await failedRun(827);
  const { runId: executionId } = await client.workflow.getHandle(run.runId).describe();
  const before = await rows(run.runId);
  expect(before).toMatchObject({ state: "awaiting_decision", executionId });
  const open = (execution: string) =>
    asyncLocalStorage.run({ info: { workflowExecution: { workflowId: run.runId, runId: execution } } } as Context, () =>
      runRecords({ db: fixture.db, vault: fixture.vault }).openRun({ runId: run.runId }),
    );
  await open(executionId);
  expect(await rows(run.runId)).toEqual(before);
  await open(crypto.randomUUID());
  expect(await rows(run.runId)).toMatchObject({ state: "running", waitingFor: null });
});

test("a worker that slept while another one took its run on writes no record that is older than the row, however the run stands now", async () => {
  const run = await failedRun(828);
  const { runId: executionId } = await client.workflow.getHandle(run.runId).describe();
  const { lastTask, state, executionId: opened } = await rows(run.runId);
  expect([opened, state]).toEqual([executionId, "awaiting_decision"]);
  const records = runRecords({ db: fixture.db, vault: fixture.vault });
  const as = (work: () => Promise<unknown>, { execution = executionId, isLocal = true } = {}) =>
    asyncLocalStorage.run(
      { info: { isLocal, workflowExecution: { workflowId: run.runId, runId: execution } } } as Context,
      work,
    );
  const { runId, containerId } = run;
  const begun = (task: number) => () => records.record({ runId, began: { step: "start", attempt: 1 }, task });
  const slept = (task: number) => [
    begun(task),
    () => records.holdRun({ runId, key: "", task }),
    () => records.pause({ runId, step: "start", error: "late", task }),
    () => records.beginUndo({ runId, step: null, task }),
    () => records.closeRun({ runId, state: "failed", task }),
    () => vmidRecords({ db: fixture.db, vault: fixture.vault }).reserveVmid({ containerId, vmid: 829, task }),
  ];
  const before = await rows(runId);
  for (const write of slept(lastTask - 1)) await expect(as(write)).rejects.toMatchObject({ code: "P2025" });
  expect(await rows(runId)).toEqual(before);
  expect((await fixture.db.container.findUniqueOrThrow({ where: { id: containerId } })).vmid).toBe(828);
  // Repeated in the same task, and in the next one, it is its own.
  await as(() => records.pause({ runId, step: "start", error: "again", task: lastTask }));
  expect(await rows(runId)).toMatchObject({ state: "awaiting_decision", error: "again", lastTask });
  await as(begun(lastTask + 6));
  expect(await rows(runId)).toMatchObject({ state: "running", lastTask: lastTask + 6 });
  // What Temporal itself asks for is right, as after its file was restored; so is another execution, as after a reset there.
  await as(begun(lastTask), { isLocal: false });
  expect(await rows(runId)).toMatchObject({ state: "running", lastTask });
  const other = crypto.randomUUID();
  await as(begun(3), { execution: other });
  expect(await rows(runId)).toMatchObject({ executionId: other, lastTask: 3 });
});

test("a guest whose ownership tag changed before its destroy is left alone", async () => {
  const run = await fixture.provision({ vmid: 824 }, bare);
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "done");
  const { lab } = fixture;
  const api = connectProxmox({
    host: lab.host,
    port: lab.port,
    tokenId: lab.token.id,
    tokenSecret: lab.token.secret,
    fingerprint: lab.fingerprint,
  });
  expect((await api.lxcConfig("pve", 824)).description).toContain(
    ownershipNote(run.containerId, (await fixture.db.installation.findFirstOrThrow()).id).trim(),
  );
  const other = "01890a5d-ac96-774b-bcce-b302099a8057";
  await api.setLxcConfig("pve", 824, { description: ownershipNote(other, other) });
  const destroy = await fixture.operate(run.containerId, "destroy");
  await worker.engine.startRun(destroy);
  const stopped = await fixture.until(destroy.runId, "awaiting_decision");
  expect(stopped.error).toContain("it is left alone");
  expect((await api.lxcStatus("pve", 824)).status).toBe("running");
});
