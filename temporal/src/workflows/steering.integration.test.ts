// A failed run in a person's hands: edited, skipped, paused; each decision once, each attempt kept.
import { Client, Connection } from "@temporalio/client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Branch } from "../testing/branches";
import { cancel, decide, steer } from "../testing/decide";
import { openFixture, type Fixture, type Started } from "../testing/fixture";
import { holdSlot } from "../testing/hold-slot";
import { keepHistory } from "../testing/keep-history";
import { historyText, openHistory } from "../testing/open-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
const address = inject("temporalAddress");
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, address);
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

const helpers = ". /usr/local/lib/homeport/helpers\n";
const broken = { name: "configure", title: "Configure it", content: `${helpers}fail no such luck\n` };
const fine = { name: "serve", title: "Serve a page", content: `${helpers}log served\n` };
const bare = { packages: [], files: [] };

const failedAgain = (runId: string, name: string, attempt: number) =>
  expect
    .poll(async () => (await attempts(runId, name)).filter(({ state }) => state === "failed").length)
    .toBe(attempt)
    .then(() => fixture.until(runId, "awaiting_decision"));

async function failed(template: Parameters<Fixture["provision"]>[1]): Promise<Started> {
  const started = await fixture.provision({}, template);
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  return started;
}

const attempts = async (runId: string, name: string) =>
  (await fixture.db.runAttempt.findMany({ where: { runId, step: { name } }, orderBy: { attempt: "asc" } })).map(
    ({ attempt, state, error, edit, startedAt, endedAt }) => ({
      attempt,
      state,
      error,
      edit,
      timed: startedAt !== null && endedAt !== null,
    }),
  );
const keep = (name: Branch, { runId }: { runId: string }) =>
  keepHistory(name, runId, { address, codec: fixture.codec });

test("a failing script is edited and tried again, as often as it takes; every attempt is kept, and no script goes through the history", async () => {
  const { runId } = await failed({ ...bare, scripts: [broken, fine] });
  await keep("provision-awaiting", { runId });
  await decide(fixture, worker.engine, {
    runId,
    decision: "retry",
    edit: { script: `${helpers}log a second-thought\nfail still not\n` },
  });
  await failedAgain(runId, "script-configure", 2);
  await decide(fixture, worker.engine, {
    runId,
    decision: "retry",
    edit: { script: `${helpers}log mended at last\n` },
  });
  const run = await fixture.until(runId, "done");

  expect(await fixture.output(runId, "script-configure")).toBe(
    "ERROR: no such luck\na second-thought\nERROR: still not\nmended at last\n",
  );
  expect(run.error).toBeNull();
  expect(await attempts(runId, "script-configure")).toMatchObject([
    { attempt: 1, state: "failed", edit: null, timed: true },
    { attempt: 2, state: "failed", edit: { script: `${helpers}log a second-thought\nfail still not\n` }, timed: true },
    { attempt: 3, state: "done", error: null, edit: { script: `${helpers}log mended at last\n` }, timed: true },
  ]);
  expect((await attempts(runId, "script-configure"))[0]?.error).toContain("no such luck");
  expect(await attempts(runId, "script-serve")).toMatchObject([{ attempt: 1, state: "done" }]);
  const client = new Client({ connection: await Connection.connect({ address }) });
  const history = historyText(
    (await openHistory(await client.workflow.getHandle(runId).fetchHistory(), fixture.codec)).json,
  );
  expect(history).toContain("script-configure");
  expect(history).not.toContain("mended at last");
  await client.connection.close();
  await keep("provision-edited", { runId });
});

test("an edit holds for the attempts after it", async () => {
  const { runId } = await failed({ ...bare, scripts: [broken] });
  await decide(fixture, worker.engine, {
    runId,
    decision: "retry",
    edit: { script: `${helpers}[ "$HOMEPORT_ATTEMPT" = 3 ] || fail once more\nlog third time\n` },
  });
  await failedAgain(runId, "script-configure", 2);
  await decide(fixture, worker.engine, { runId, decision: "retry" });
  await fixture.until(runId, "done");
  expect(await fixture.output(runId, "script-configure")).toContain("third time");
});

test("the packages that a person chose are the ones that are installed", async () => {
  const started = await fixture.provision({}, { ...bare, packages: [{ manager: "apt", name: "nginx" }], scripts: [] });
  const { id: stepId } = await fixture.db.runStep.findFirstOrThrow({
    where: { runId: started.runId, name: "packages" },
  });
  await fixture.db.runAttempt.create({
    data: { runId: started.runId, stepId, attempt: 1, edit: { packages: ["caddy"] } },
  });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  const output = await fixture.output(started.runId, "packages");
  expect(output).toContain("caddy");
  expect(output).not.toContain("nginx");
});

test("a typed VMID that a stranger holds is changed to the next free one; the stranger is left alone", async () => {
  await fixture.lab.faults.createForeignGuest({ vmid: 8801, hostname: "stranger" });
  const started = await fixture.provision({ vmid: 8801 }, { ...bare, scripts: [fine] });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  await decide(fixture, worker.engine, {
    runId: started.runId,
    decision: "retry",
    edit: { spec: { vmid: null, memoryMib: 512 } },
  });
  const run = await fixture.until(started.runId, "done");
  expect(run.container.vmid).not.toBe(8801);
  expect(run.container.spec).toMatchObject({ vmid: null, memoryMib: 512, cores: 1 });
  const since = (await fixture.lab.faults.journal()).filter(
    (entry) => entry.vmid === 8801 && !(entry.method === "POST" && entry.path.endsWith("/lxc")),
  );
  expect(since).toEqual([]);
  await keep("provision-settings-edited", started);
});

test("another VMID that a person chose is refused with its holder's name while somebody has it, and taken when it is free", async () => {
  await fixture.lab.faults.createForeignGuest({ vmid: 8810, hostname: "stranger" });
  const started = await fixture.provision({ vmid: 8810 }, { ...bare, scripts: [] });
  const ours = await fixture.provision({ vmid: 8811, hostname: "ours" }, { ...bare, scripts: [] });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  await decide(fixture, worker.engine, { runId: started.runId, decision: "retry", edit: { spec: { vmid: 8811 } } });
  expect((await failedAgain(started.runId, "create", 2)).error).toMatch(/^VMID 8811 is taken by ours\. Edit and retry/);
  await decide(fixture, worker.engine, { runId: started.runId, decision: "retry", edit: { spec: { vmid: 8812 } } });
  expect((await fixture.until(started.runId, "done")).container.vmid).toBe(8812);
  await keep("provision-vmid-claimed", started);
  await fixture.db.container.update({ where: { id: ours.containerId }, data: { vmid: null, lifecycle: "deleted" } });
});

test("an optional step is skipped, and the run says so at its end; one that is not optional is not skipped", async () => {
  const { runId } = await failed({
    ...bare,
    scripts: [
      { ...broken, optional: true },
      { ...broken, name: "needed" },
    ],
  });
  await decide(fixture, worker.engine, { runId, decision: "skip" });
  await failedAgain(runId, "script-needed", 1);
  await expect(decide(fixture, worker.engine, { runId, decision: "skip" })).rejects.toMatchObject({
    code: "conflict",
    message: "Only a step that its template marks as optional can be skipped.",
  });
  await decide(fixture, worker.engine, { runId, decision: "retry", edit: { script: "true\n" } });

  const run = await fixture.until(runId, "done_with_warnings");
  expect(run.steps.find(({ name }) => name === "script-configure")).toMatchObject({
    state: "skipped",
    detail: { is: "skipped", by: "Ada" },
    error: null,
  });
  expect(await attempts(runId, "script-configure")).toMatchObject([{ attempt: 1, state: "failed" }]);
  await keep("provision-skipped", { runId });
});

test("a step that was skipped stays skipped when the run is begun anew", async () => {
  const started = await fixture.provision({}, { ...bare, scripts: [{ ...broken, optional: true }, fine] });
  await fixture.db.runStep.update({
    where: { runId_name: { runId: started.runId, name: "script-configure" } },
    data: { state: "skipped" },
  });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done_with_warnings");
  expect(await fixture.output(started.runId, "script-configure")).toBe("");
  await keep("provision-skipped-before", started);
});

test("one decision for one failure: a double click counts once, of two people one wins and the other is told", async () => {
  const { runId } = await failed({ ...bare, scripts: [broken] });
  const { key, ...first } = await decide(fixture, worker.engine, { runId, decision: "retry" });
  await worker.engine.decide(runId, first, key);
  await failedAgain(runId, "script-configure", 2);
  // The first failure's decision, late and under another key: it was about something else.
  await expect(worker.engine.decide(runId, first, crypto.randomUUID())).rejects.toMatchObject({
    code: "conflict",
    message: "The run has gone on since, and failed once more: read its new failure first.",
  });

  const both = await Promise.allSettled([
    decide(fixture, worker.engine, { runId, decision: "retry" }),
    decide(fixture, worker.engine, { runId, decision: "undo" }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const lost = both.find((one) => one.status === "rejected");
  expect(lost?.reason).toMatchObject({ code: "conflict" });
  const reported = both[0].status === "fulfilled" ? "retry" : "undo";
  if (reported === "undo") await fixture.until(runId, "undone");
  else await expect.poll(async () => (await attempts(runId, "script-configure")).length).toBe(3);
  await keep("provision-decided-twice", { runId });
});

test("a pause holds before the next step and says who asked; resumed, it goes on where it stood", async () => {
  const started = await fixture.provision({}, { ...bare, scripts: [fine] });
  await steer(fixture, null, { runId: started.runId, to: "pause" });
  await worker.engine.startRun(started);
  const paused = await fixture.until(started.runId, "paused");
  expect(paused.waitingFor).toEqual({ on: "pause", by: "Ada" });
  expect(paused.steps.every(({ state }) => state === "pending")).toBe(true);
  await expect.poll(() => statusOf(started.runId)).toBe("paused");
  await steer(fixture, worker.engine, { runId: started.runId, to: "resume" });
  const run = await fixture.until(started.runId, "done");
  expect(run).toMatchObject({ waitingFor: null, pauseRequestedAt: null });
  await keep("provision-paused", started);
});

test("a pause in the middle: the step that runs is finished first, and a second resume is refused", async () => {
  await fixture.lab.faults.delayTask({ type: "vzcreate", vmid: 8901, delayMs: 10_000 });
  const started = await fixture.provision({ vmid: 8901 }, { ...bare, scripts: [fine] });
  await worker.engine.startRun(started);
  await expect
    .poll(
      async () => (await fixture.until(started.runId, "running")).steps.find(({ name }) => name === "create")?.state,
    )
    .toBe("running");
  await steer(fixture, worker.engine, { runId: started.runId, to: "pause" });
  const paused = await fixture.until(started.runId, "paused");
  expect(paused.steps.filter(({ state }) => state === "done").map(({ name }) => name)).toContain("create");
  expect(paused.steps.find(({ name }) => name === "start")?.state).toBe("pending");
  // It goes on no further than to its next turn: there is a run to refuse.
  const letIn = await holdSlot(fixture, worker.engine, "task");
  await steer(fixture, worker.engine, { runId: started.runId, to: "resume" });
  await expect(steer(fixture, worker.engine, { runId: started.runId, to: "resume" })).rejects.toMatchObject({
    code: "conflict",
    message: "This run is not paused.",
  });
  await fixture.until(started.runId, "waiting");
  await letIn();
  await fixture.until(started.runId, "done");
  await keep("provision-paused-between", started);
});

test("cancelled while it is paused: undone", async () => {
  const started = await fixture.provision({}, { ...bare, scripts: [broken, fine] });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  await steer(fixture, worker.engine, { runId: started.runId, to: "pause" });
  await decide(fixture, worker.engine, { runId: started.runId, decision: "retry", edit: { script: "true\n" } });
  await fixture.until(started.runId, "paused");
  await cancel(fixture, worker.engine, started.runId);
  const run = await fixture.until(started.runId, "cancelled");
  expect(run.container.lifecycle).toBe("deleted");
  expect(run.pauseRequestedAt).toBeNull();
  await keep("provision-paused-cancelled", started);
});

test("cancelled in the middle of a step, with a pause asked for: who cancelled is recorded, and nothing as failed", async () => {
  const started = await fixture.provision({}, { ...bare, scripts: [] });
  await fixture.lab.faults.delayTask({ type: "vzstart", delayMs: 3_000 });
  await worker.engine.startRun(started);
  await expect
    .poll(
      async () =>
        (await fixture.db.runStep.findUniqueOrThrow({ where: { runId_name: { runId: started.runId, name: "start" } } }))
          .state,
    )
    .toBe("running");
  await steer(fixture, worker.engine, { runId: started.runId, to: "pause" });
  await cancel(fixture, worker.engine, started.runId);
  const run = await fixture.until(started.runId, "cancelled");
  expect(run.steps.find(({ name }) => name === "start")).toMatchObject({
    state: "undone",
    detail: { is: "cancelled", by: "Ada" },
    error: null,
  });
  expect(await fixture.db.runAttempt.findMany({ where: { runId: started.runId, state: "failed" } })).toEqual([]);
  expect(
    await fixture.db.runAttempt.findFirst({ where: { runId: started.runId, step: { name: "start" } } }),
  ).toMatchObject({ state: "undone", detail: { is: "cancelled", by: "Ada" } });
  const rows = await fixture.db.runDecision.findMany({ where: { runId: started.runId, decision: "pause" } });
  expect(rows.map(({ refusal }) => refusal)).toEqual([
    expect.stringMatching(/^The run was cancelled( before it could pause)?\.$/),
  ]);
});

test("an operation is paused, and a decision or a pause of one that is being cancelled is refused", async () => {
  const done = await fixture.provision({}, { ...bare, scripts: [] });
  await worker.engine.startRun(done);
  const { container } = await fixture.until(done.runId, "done");
  const reboot = await fixture.operate(done.containerId, "reboot");
  await steer(fixture, null, { runId: reboot.runId, to: "pause" });
  await worker.engine.startRun(reboot);
  await fixture.until(reboot.runId, "paused");
  await cancel(fixture, worker.engine, reboot.runId);
  await fixture.until(reboot.runId, "cancelled");
  expect(await fixture.db.container.findUnique({ where: { id: container.id } })).toMatchObject({ lifecycle: "ready" });
  await keep("operate-paused-cancelled", reboot);

  const { runId } = await failed({ ...bare, scripts: [broken] });
  await fixture.lab.faults.unreachable({ ms: 60_000 });
  await cancel(fixture, worker.engine, runId);
  await fixture.until(runId, "waiting");
  for (const call of [
    () => worker.engine.decide(runId, "retry", crypto.randomUUID()),
    () => worker.engine.steer(runId, "pause", crypto.randomUUID()),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: "conflict", message: "It is being cancelled." });
  }
  await fixture.lab.faults.unreachable({ ms: 0 });
  await fixture.until(runId, "cancelled");
});

/** The search attribute, as a person filters by it in the Temporal UI. */
async function statusOf(runId: string): Promise<unknown> {
  const client = new Client({ connection: await Connection.connect({ address }) });
  const { typedSearchAttributes } = await client.workflow.getHandle(runId).describe();
  await client.connection.close();
  return typedSearchAttributes.getAll().find(({ key }) => key.name === "HomeportStatus")?.value;
}
