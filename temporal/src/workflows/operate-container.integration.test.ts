// Operations on a container that is there, each behind the fence.
import type { OperationKind } from "@homeport/domain/run/run-kinds";
import { connectProxmox } from "@homeport/proxmox";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { atWork } from "../testing/at-work";
import type { Branch } from "../testing/branches";
import { cancel, decide, steer } from "../testing/decide";
import type { RunRow } from "@homeport/testing/runs";
import { openFixture, type Fixture } from "../testing/fixture";
import { holdSlot } from "../testing/hold-slot";
import { keepHistory } from "../testing/keep-history";
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

test("a locked guest is waited for by reading: no task is begun until it is unlocked, and the lock is told by name", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  const begun = async () =>
    (await fixture.lab.faults.journal()).filter(
      (entry) => entry.vmid === vmid && (entry.path.endsWith("/status/stop") || entry.method === "DELETE"),
    ).length;
  for (const [lock, kind] of [
    ["backup", "stop"],
    ["snapshot", "destroy"],
  ] as const) {
    const before = await begun();
    await fixture.lab.faults.lockGuest({ vmid, lock });
    const started = await fixture.operate(container.id, kind);
    await worker.engine.startRun(started);
    expect((await fixture.until(started.runId, "waiting")).waitingFor).toEqual({
      on: "lock",
      vmid,
      node: "lab",
      lock,
    });
    // Tried again and again, and nothing was begun.
    const tries = async () =>
      Math.max(...(await fixture.db.runStep.findMany({ where: { runId: started.runId } })).map((step) => step.tries));
    await expect.poll(tries).toBeGreaterThan(2);
    expect(await begun()).toBe(before);
    await fixture.lab.faults.lockGuest({ vmid, lock: null });
    await fixture.until(started.runId, "done");
    expect(await begun()).toBe(before + 1);
  }
});

test("stop, start, reboot, shut down, destroy: each ends in the state it names", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;

  await done(container.id, "stop");
  expect(await statusOf(vmid)).toBe("stopped");
  expect(await seen(vmid)).toBe("stopped");
  await keep("operate-stop", await done(container.id, "stop")); // is so already
  await keep("operate-start", await done(container.id, "start"));
  expect(await statusOf(vmid)).toBe("running");
  expect(await seen(vmid)).toBe("running");
  await keep("operate-reboot", await done(container.id, "reboot"));
  expect(await statusOf(vmid)).toBe("running");
  await keep("operate-shutdown-gentle", await done(container.id, "shutdown"));
  expect(await statusOf(vmid)).toBe("stopped");
  const destroyed = await done(container.id, "destroy");
  expect(await statusOf(vmid)).toBeUndefined();
  expect(destroyed.container).toMatchObject({ lifecycle: "deleted", address: null });
  expect(await seen(vmid)).toBeUndefined();
  await keep("operate-destroy", destroyed);
});

test("a container that ignores the shutdown is stopped, and the run says so", async () => {
  const { container } = await provisioned({ hostname: "ignore-shutdown" });
  const run = await operated(container.id, "shutdown", "done_with_warnings");
  await keep("operate-shutdown", run);
  expect(run.steps[0]).toMatchObject({ state: "warning", detail: { is: "stopped_hard" } });
  expect(await statusOf(container.vmid ?? 0)).toBe("stopped");
});

test("a running container is stopped before it is destroyed", async () => {
  const { container } = await provisioned();
  await keep("operate-destroy-running", await done(container.id, "destroy"));
  expect(await statusOf(container.vmid ?? 0)).toBeUndefined();
});

test("a guest that somebody else put on the VMID is refused by every operation and left as it is", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  await fixture.lab.faults.deleteGuest({ vmid });
  await fixture.lab.faults.createForeignGuest({ vmid, hostname: "stranger", running: true });
  const since = Date.now();

  for (const kind of ["stop", "shutdown", "reboot", "destroy"] as const) {
    const run = await operated(container.id, kind, "awaiting_decision");
    expect(run.error).toContain(`CT ${vmid} on node lab was not created by Homeport`);
    await cancel(fixture, worker.engine, run.id);
    await keep("operate-refused", await fixture.until(run.id, "cancelled"));
  }
  expect(await statusOf(vmid)).toBe("running");
  const touched = (await fixture.lab.faults.journal()).filter((entry) => entry.time >= since && entry.vmid === vmid);
  expect(touched).toEqual([]);
  await fixture.lab.faults.deleteGuest({ vmid });
});

test("destroying what is gone already succeeds and frees the VMID", async () => {
  const { container } = await provisioned();
  await fixture.lab.faults.deleteGuest({ vmid: container.vmid ?? 0 });
  const run = await done(container.id, "destroy");
  expect(run.container.lifecycle).toBe("deleted");
});

test("when the answers of a start, a stop and a destroy are lost, each is asked for once", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  for (const [kind, path] of [
    ["stop", "/status/stop"],
    ["start", "/status/start"],
    ["reboot", "/status/reboot"],
  ] as const) {
    const since = Date.now();
    await fixture.lab.faults.loseReply({ method: "POST", path: `/lxc/${vmid}${path}` });
    await done(container.id, kind);
    const asked = (await fixture.lab.faults.journal()).filter(
      (entry) => entry.time >= since && entry.path.endsWith(`/lxc/${vmid}${path}`),
    );
    expect(asked).toHaveLength(1);
  }
  await fixture.lab.faults.loseReply({ method: "DELETE", path: `/lxc/${vmid}` });
  await done(container.id, "destroy");
  expect(await statusOf(vmid)).toBeUndefined();
});

test("an operation that failed is tried again; one that is cancelled in its task ends, and its container stays", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  await fixture.lab.faults.failTask({ type: "vzstop", vmid, error: "command failed", times: 9 });
  const stop = await operated(container.id, "stop", "awaiting_decision");
  await fixture.lab.faults.reset();
  await decide(fixture, worker.engine, { runId: stop.id, decision: "retry" });
  await keep("operate-retried", await fixture.until(stop.id, "done"));

  await fixture.lab.faults.delayTask({ type: "vzstart", vmid, delayMs: 60_000 });
  const start = await fixture.operate(container.id, "start");
  await worker.engine.startRun(start);
  await atWork(address, start.runId, "startLxc");
  await cancel(fixture, worker.engine, start.runId);
  const cancelled = await fixture.until(start.runId, "cancelled");
  expect(cancelled.container).toMatchObject({ vmid, lifecycle: "ready" });
  await keep("operate-cancelled", cancelled);
  await fixture.lab.faults.reset();
});

test("a destroy that is cancelled after the node began it is carried through: guest and row go together", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  await fixture.lab.faults.delayTask({ type: "vzdestroy", vmid, delayMs: 4_000 });
  const destroy = await destroying(container.id);
  await steer(fixture, worker.engine, { runId: destroy.runId, to: "pause" });
  await cancel(fixture, worker.engine, destroy.runId);
  const over = await fixture.until(destroy.runId, "done");
  expect(over.container.lifecycle).toBe("deleted");
  expect(over.steps.find(({ name }) => name === "destroy")).toMatchObject({
    state: "done",
    detail: { is: "destroyed_anyway" },
  });
  expect(await statusOf(vmid)).toBeUndefined();
  await keep("operate-destroy-carried-through", over);
});

test("a destroy that is cancelled while its answer is lost and the node is away waits for the node to say what became of it", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  await fixture.lab.faults.loseReply({ method: "DELETE", path: `/lxc/${vmid}` });
  const destroy = await destroying(container.id);
  await fixture.lab.faults.unreachable({ ms: 6_000 });
  await cancel(fixture, worker.engine, destroy.runId);
  expect((await fixture.until(destroy.runId, "done")).container.lifecycle).toBe("deleted");
  expect(await statusOf(vmid)).toBeUndefined();
});

test("a destroy that is cancelled and that the node could not carry out leaves the container as it is", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  await fixture.lab.faults.delayTask({ type: "vzdestroy", vmid, delayMs: 4_000 });
  const destroy = await destroying(container.id);
  await fixture.lab.faults.killTasks();
  await cancel(fixture, worker.engine, destroy.runId);
  const cancelled = await fixture.until(destroy.runId, "cancelled");
  expect(cancelled.container).toMatchObject({ vmid, lifecycle: "ready" });
  expect(await statusOf(vmid)).toBe("stopped");
  await keep("operate-destroy-not-carried-through", cancelled);
  await fixture.lab.faults.reset();
});

test("a destroy that is cancelled before it reached the node ends at once, node or no node", async () => {
  const { container } = await provisioned();
  const vmid = container.vmid ?? 0;
  await done(container.id, "stop");
  const letIn = await holdSlot(fixture, worker.engine, "task");
  const destroy = await fixture.operate(container.id, "destroy");
  await worker.engine.startRun(destroy);
  await fixture.until(destroy.runId, "waiting");
  await fixture.lab.faults.unreachable({ ms: 600_000 });
  await cancel(fixture, worker.engine, destroy.runId);
  await letIn();
  expect((await fixture.until(destroy.runId, "cancelled")).container).toMatchObject({ vmid, lifecycle: "ready" });
  await fixture.lab.faults.reset();
});

test("an operation waits for its slot and says so", async () => {
  const { container } = await provisioned();
  const letIn = await holdSlot(fixture, worker.engine, "task");
  const stop = await fixture.operate(container.id, "stop");
  await worker.engine.startRun(stop);
  expect((await fixture.until(stop.runId, "waiting")).waitingFor).toMatchObject({ on: "slot", position: 1 });
  await letIn();
  await keep("operate-waited-turn", await fixture.until(stop.runId, "done"));
});

test("a container that never got a VMID cannot be operated, and is deleted without a look at the node", async () => {
  const { containerId, runId } = await fixture.provision();
  await fixture.db.run.update({ where: { id: runId }, data: { state: "failed", endedAt: new Date() } });
  await fixture.db.container.update({ where: { id: containerId }, data: { vmid: null, lifecycle: "failed" } });
  const start = await fixture.operate(containerId, "start");
  await worker.engine.startRun(start);
  const failed = await fixture.until(start.runId, "failed");
  expect(failed.error).toContain("has no VMID");
  await keep("operate-without-vmid", failed);
  const destroyed = await done(containerId, "destroy");
  expect(destroyed.container.lifecycle).toBe("deleted");
  await keep("operate-destroy-unreserved", destroyed);
});

const keep = (name: Branch, { id }: { id: string }) => keepHistory(name, id, { address, codec: fixture.codec });

async function provisioned(spec: Parameters<Fixture["provision"]>[0] = {}): Promise<RunRow> {
  const started = await fixture.provision(spec, { packages: [], files: [], scripts: [] });
  await worker.engine.startRun(started);
  return fixture.until(started.runId, "done");
}

/** A destroy whose DELETE the node has taken. */
async function destroying(containerId: string) {
  const since = Date.now();
  const run = await fixture.operate(containerId, "destroy");
  await worker.engine.startRun(run);
  const asked = async () =>
    (await fixture.lab.faults.journal()).some(
      ({ time, method, path, status }) =>
        time >= since && method === "DELETE" && /\/lxc\/\d+$/.test(path) && status === 200,
    );
  for (
    const deadline = Date.now() + 480_000;
    !(await asked());
    await new Promise((resolve) => setTimeout(resolve, 25))
  ) {
    if (Date.now() > deadline) throw new Error("the node was not asked to destroy it");
  }
  return run;
}

const done = (containerId: string, kind: OperationKind): Promise<RunRow> => operated(containerId, kind, "done");

async function operated(
  containerId: string,
  kind: OperationKind,
  state: "done" | "done_with_warnings" | "awaiting_decision",
): Promise<RunRow> {
  const started = await fixture.operate(containerId, kind);
  await worker.engine.startRun(started);
  return fixture.until(started.runId, state);
}

async function statusOf(vmid: number): Promise<string | undefined> {
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
  return guests.find((guest) => guest.vmid === vmid)?.status;
}

async function seen(vmid: number): Promise<string | undefined> {
  return (await fixture.db.guestObservation.findUnique({ where: { nodeId_vmid: { nodeId: fixture.nodeId, vmid } } }))
    ?.status;
}
