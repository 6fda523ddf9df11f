// A process without our keys answers in Temporal for Homeport's worker: whatever it sends, a run does what was really done.
import { randomUUID } from "node:crypto";
import { activityInfo, sleep } from "@temporalio/activity";
import { defaultPayloadConverter } from "@temporalio/common";
import { connectProxmox } from "@homeport/proxmox";
import { checkWorkflowId } from "@homeport/domain/run/workflow-id";
import { engineFailing } from "@homeport/domain/run/waiting";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { reconcileWorkflowId, RUN_ENDED, watchWorkflowId, housekeepingWorkflowId } from "../contract";
import { SEALED_AS, START } from "../sealed-as";
import { cancel } from "../testing/decide";
import { openFixture, type Fixture, type Started } from "../testing/fixture";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";
import { withPct } from "../testing/lab-guest";
import { keepHistory } from "../testing/keep-history";
import { findLost } from "../sweeper";
import { recordsOf, startScriptedWorker } from "../testing/scripted-worker";
import { forged, openStranger, type Stranger } from "../testing/stranger";

let fixture: Fixture;
let worker: TestWorker;
let stranger: Stranger;
const address = inject("temporalAddress");
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, address);
  stranger = await openStranger(address);
});
afterAll(async () => {
  await stranger.close();
  await worker.stop();
  await fixture.close();
});

/** Until the stranger has answered, however busy the machine is. */
const HELD_MS = 600_000;

const bare = { packages: [], files: [], scripts: [] };

test("a guest is destroyed only when the node destroyed it, whatever a stranger answers, sealed payloads of the same run among it", async () => {
  const made = await fixture.provision({ vmid: 720 }, bare);
  await worker.engine.startRun(made);
  await fixture.until(made.runId, "done");
  await fixture.lab.faults.delayTask({ type: "vzdestroy", vmid: 720, delayMs: HELD_MS });
  const run = await named(await fixture.operate(made.containerId, "destroy"), "destroy-web-0");
  await worker.engine.startRun(run);

  const ids = new Set<string>();
  for (const forge of Object.values(forged)) ids.add(await stranger.answer(run.workflowId, "destroyLxc", forge));
  ids.add(await stranger.answer(run.workflowId, "destroyLxc", ({ calls }) => calls.destroyLxc));
  ids.add(await stranger.answer(run.workflowId, "destroyLxc", ({ answers }) => answers.releaseTurn ?? answers.record));
  ids.add(await stranger.answer(run.workflowId, "destroyLxc", ({ start }) => start));
  expect(ids.size).toBe(Object.keys(forged).length + 3);

  expect(await isThere(720)).toBe(true);
  expect((await fixture.db.run.findUniqueOrThrow({ where: { id: run.runId } })).state).toBe("running");
  await fixture.lab.faults.endDelays();
  expect((await fixture.until(run.runId, "done")).container.lifecycle).toBe("deleted");
  expect(await isThere(720)).toBe(false);
  await keepHistory("operate-destroy-strange-answers", run.workflowId, { address, codec: fixture.codec });
});

test("a creation and its scripts are waited for, and it comes to its end", async () => {
  const script = {
    name: "configure",
    title: "Configure it",
    content: ". /usr/local/lib/homeport/helpers\nuntil [ -e /tmp/go ]; do sleep 0.2; done\nlog really the last line\n",
  };
  await fixture.lab.faults.delayTask({ type: "vzcreate", vmid: 721, delayMs: HELD_MS });
  const run = await named(await fixture.provision({ vmid: 721 }, { ...bare, scripts: [script] }), "create-web-1");
  await worker.engine.startRun(run);
  for (const forge of [forged.object, forged.garbage]) await stranger.answer(run.workflowId, "createLxc", forge);
  await fixture.lab.faults.endDelays();
  await stranger.answer(run.workflowId, "runScript", forged.nothing);
  await withPct(fixture.lab, (shell) => shell.exec(721, ["touch", "/tmp/go"]));
  await fixture.until(run.runId, "done");
  expect(await fixture.output(run.runId, "script-configure")).toContain("really the last line");
  expect(await isThere(721)).toBe(true);
});

test("a run that was answered by a stranger is cancelled as any other, and its guest goes", async () => {
  await fixture.lab.faults.delayTask({ type: "vzcreate", vmid: 722, delayMs: HELD_MS });
  const run = await named(await fixture.provision({ vmid: 722 }, bare), "create-web-2");
  await worker.engine.startRun(run);
  await stranger.answer(run.workflowId, "createLxc", forged.object);
  await cancel(fixture, worker.engine, run.runId);
  expect((await fixture.until(run.runId, "cancelled")).container.lifecycle).toBe("deleted");
  expect(await isThere(722)).toBe(false);
});

test("a run whose workflow was made to fail for ever says so; its cancel ends it, and its guest goes", async () => {
  const sweep = () => findLost({ db: fixture.db, engine: worker.engine, log: () => undefined });
  const run = await named(
    await fixture.provision({ vmid: 723 }, { ...bare, scripts: [{ name: "x", title: "X", content: "false\n" }] }),
    "create-web-3",
  );
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "awaiting_decision");
  expect(await isThere(723)).toBe(true);
  await stranger.poison(run.workflowId);
  const waitingFor = async () => (await fixture.db.run.findUniqueOrThrow({ where: { id: run.runId } })).waitingFor;
  await expect.poll(async () => sweep().then(waitingFor), { interval: 250 }).toEqual(engineFailing);

  const cancelled = cancel(fixture, worker.engine, run.runId).catch(() => undefined);
  await expect
    .poll(async () => (await fixture.db.run.findUniqueOrThrow({ where: { id: run.runId } })).cancelRequestedAt)
    .not.toBeNull();
  await sweep();
  expect((await fixture.until(run.runId, "cancelled")).container.lifecycle).toBe("deleted");
  expect(await isThere(723)).toBe(false);
  await keepHistory("provision-cancelled-stuck", run.workflowId, { address, codec: fixture.codec });
  await cancelled;
});

test("one that never stops answering makes the step fail in words, and a person decides", async () => {
  const scripted = await startScriptedWorker(address);
  const errors: string[] = [];
  const script = {
    ...recordsOf(["plan", "finish"]),
    checkPlan: async () => {
      await sleep("10m");
      return {};
    },
    pause: ({ error }: { error: string }) => Promise.resolve(void errors.push(error)),
  };
  const input = { runId: randomUUID(), containerId: randomUUID(), nodeId: randomUUID() };
  await scripted.play({ workflow: runKinds.provision.workflow, input, script }, async ({ handle, keep }) => {
    for (let time = 0; time < 21; time += 1) await stranger.answer(handle.workflowId, "checkPlan", forged.nothing);
    await expect.poll(() => errors).toEqual([expect.stringContaining("Something other than Homeport keeps answering")]);
    await keep("provision-strange-answers");
  });
  await scripted.stop();
});

test("failures that a stranger reports take nothing back, and end nothing", async () => {
  const scripted = await startScriptedWorker(address);
  const done: string[] = [];
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const script = {
    ...recordsOf(["discover"]),
    discover: () => Promise.resolve({}),
    // A stranger answers activities of the server; what the worker does itself is none before it has failed.
    record: () => (activityInfo().isLocal ? Promise.reject(new Error("away")) : held.then(() => ({}))),
    beginUndo: () => Promise.resolve(void done.push("undo")),
    closeRun: ({ state }: { state: string }) => {
      done.push(state);
      return Promise.resolve({});
    },
  };
  const failures = [
    { message: "no", applicationFailureInfo: { type: "x", nonRetryable: true } },
    { message: "This run has ended already.", applicationFailureInfo: { type: RUN_ENDED, nonRetryable: true } },
    { message: "cancelled", canceledFailureInfo: {} },
    { message: "late", timeoutFailureInfo: { timeoutType: 3 } },
    { message: "ended", terminatedFailureInfo: {} },
  ];
  const input = { runId: randomUUID(), containerId: randomUUID(), nodeId: randomUUID() };
  await scripted.play({ workflow: runKinds.provision.workflow, input, script }, async ({ handle, keep }) => {
    for (const failure of failures) await stranger.fail(handle.workflowId, "record", failure);
    letGo();
    await handle.result();
    await keep("provision-strange-failures");
  });
  expect(done).toEqual(["done"]);
  await scripted.stop();
});

test("every workflow that Homeport starts demands sealed answers", async () => {
  await worker.engine.probe(fixture.nodeId);
  await worker.engine.watchNode(fixture.nodeId);
  await worker.engine.reconcile();
  await worker.engine.reconcile({ soon: false });
  await worker.engine.keepHouse();
  const node = await fixture.db.proxmoxNode.findUniqueOrThrow({ where: { id: fixture.nodeId } });
  for (const id of [
    checkWorkflowId(node),
    watchWorkflowId(fixture.nodeId),
    reconcileWorkflowId(worker.taskQueue),
    housekeepingWorkflowId(worker.taskQueue),
  ]) {
    const { events } = await stranger.client.workflow.getHandle(id).fetchHistory();
    const payloads = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    const [opened] = await fixture.codec.decode(payloads, { type: "workflow", namespace: "default", workflowId: id });
    expect(defaultPayloadConverter.fromPayload(opened ?? {})).toMatchObject({ [SEALED_AS]: START });
  }
});

/** Called as the product calls its runs: what a row's bare id is called was begun before anything was sealed. */
async function named(run: Started, name: string): Promise<Started & { workflowId: string }> {
  const workflowId = `${name}-${run.runId.slice(-8)}`;
  await fixture.db.run.update({ where: { id: run.runId }, data: { workflowId } });
  return { ...run, workflowId };
}

async function isThere(vmid: number): Promise<boolean> {
  const { lab } = fixture;
  const proxmox = connectProxmox({
    host: lab.host,
    port: lab.port,
    tokenId: lab.token.id,
    tokenSecret: lab.token.secret,
    fingerprint: lab.fingerprint,
  });
  const guests = await proxmox.listLxc("pve");
  await proxmox.close();
  return guests.some((guest) => guest.vmid === vmid);
}
