// Slots with real parts: two workers, a lab, a real Temporal; the node is asked all the time how much it does at once.
import { randomUUID } from "node:crypto";
import { connectProxmox } from "@homeport/proxmox";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Engine } from "../client";
import { sweepSlots } from "../sweeper";
import { cancel } from "../testing/decide";
import { openFixture, type Fixture, type Started } from "../testing/fixture";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

let fixture: Fixture;
let engine: Engine;
let worker: TestWorker;
let other: TestWorker;
const address = inject("temporalAddress");
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, address);
  ({ engine } = worker);
  other = await startTestWorker(fixture, address, { taskQueue: worker.taskQueue });
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

const bare = { packages: [], files: [], scripts: [] };
const posts = async () =>
  (await fixture.lab.faults.journal()).filter(({ method, path }) => method === "POST" && path.endsWith("/lxc"));

test("twelve creations on two workers, one of which goes: never more than two creates at once, never more than four other tasks", async () => {
  const most = watchTasks();
  await fixture.lab.faults.delayTask({ type: "vzcreate", delayMs: 700, times: 12 });
  await fixture.lab.faults.delayTask({ type: "vzstart", delayMs: 1_500, times: 12 });
  const runs = await Promise.all(Array.from({ length: 12 }, (_, n) => fixture.provision({ vmid: 1_000 + n }, bare)));
  await Promise.all(runs.map((run) => engine.startRun(run)));
  await eventually(async () => (await posts()).length >= 4);
  // It goes with slots in its hands: they are neither lost nor given twice. (kill -9 in every step: crash.integration.test.ts)
  await other.stop();
  for (const { runId } of runs) expect((await fixture.until(runId, "done")).waitingFor).toBeNull();

  // Long enough that four of them are seen at once on a machine that is busy with much else.
  await fixture.lab.faults.delayTask({ type: "vzstop", delayMs: 3_000, times: 12 });
  const stops = await Promise.all(runs.map(({ containerId }) => fixture.operate(containerId, "stop")));
  await Promise.all(stops.map((run) => engine.startRun(run)));
  for (const { runId } of stops) await fixture.until(runId, "done");

  expect(await most.stop()).toEqual({ creates: 2, others: 4 });
  expect(await fixture.db.slotRequest.count()).toBe(0);
});

test("after thirty creations of one person another's one is among the next", async () => {
  await fixture.lab.faults.delayTask({ type: "vzcreate", delayMs: 400, times: 31 });
  const many = await Promise.all(Array.from({ length: 30 }, (_, n) => fixture.provision({ vmid: 2_000 + n }, bare)));
  await Promise.all(many.map((run) => engine.startRun(run)));
  await eventually(
    async () => (await fixture.db.slotRequest.count({ where: { pool: "create:local-lvm", grantedAt: null } })) >= 15,
  );

  const one = await another(await fixture.provision({ vmid: 2_100 }, bare));
  await engine.startRun(one);
  await eventually(async () => (await fixture.db.slotRequest.count({ where: { runId: one.runId } })) === 1);
  const before = (await posts()).length;
  await fixture.until(one.runId, "done");
  const place = (await posts()).findIndex(({ vmid }) => vmid === 2_100);
  // Two work, two may have been let in while we looked.
  expect(place - before).toBeLessThanOrEqual(4);
  for (const { runId } of many) await fixture.until(runId, "done");
});

test("who waits is told its place; who is cancelled leaves the queue; a slot that nobody gives back is swept", async () => {
  await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { createsAtOnce: 1 } });
  // Of a run that ended without giving its slot back, as one that was terminated in Temporal.
  const dead = await fixture.provision({}, bare);
  await fixture.db.run.update({ where: { id: dead.runId }, data: { state: "failed", endedAt: new Date() } });
  await fixture.db.slotRequest.create({
    data: {
      nodeId: fixture.nodeId,
      userId: fixture.userId,
      runId: dead.runId,
      step: "create",
      pool: "create:local-lvm",
      grantedAt: new Date(),
    },
  });
  const runs: Started[] = [];
  for (let n = 0; n < 3; n += 1) {
    const run = await fixture.provision({ vmid: 3_000 + n }, bare);
    await engine.startRun(run);
    const { waitingFor } = await fixture.until(run.runId, "waiting");
    expect(waitingFor).toEqual({ on: "slot", node: "lab", pool: "create:local-lvm", position: n + 1, limit: 1 });
    runs.push(run);
  }
  const [, second, third] = runs;
  await cancel(fixture, engine, second?.runId ?? "");
  const cancelled = await fixture.until(second?.runId ?? "", "cancelled");
  expect(cancelled.container.lifecycle).toBe("deleted");
  await keepHistory("provision-cancelled-turn", cancelled.id, { address, codec: fixture.codec });
  expect((await posts()).map(({ vmid }) => vmid)).not.toContain(3_001);
  expect((await fixture.until(third?.runId ?? "", "waiting")).waitingFor).toMatchObject({ position: 2 });

  await sweepSlots({ db: fixture.db, engine, log: () => undefined });
  for (const run of [runs[0], third]) await fixture.until(run?.runId ?? "", "done");
  await keepHistory("provision-waited-turn", third?.runId ?? "", { address, codec: fixture.codec });
  expect(await fixture.db.slotRequest.count()).toBe(0);
});

/** The same run, of somebody else who has added the same machine. */
async function another(run: Started): Promise<Started> {
  const { db, vault } = fixture;
  const mine = await db.proxmoxNode.findUniqueOrThrow({ where: { id: fixture.nodeId } });
  const bea = await db.user.create({
    data: { email: `${randomUUID()}@homeport.local`, name: "Bea", passwordHash: "-" },
  });
  const nodeId = randomUUID();
  const sealed = (column: "tokenSecret" | "sshPassword", plain: string) =>
    vault.seal({ table: "ProxmoxNode", row: nodeId, column }, plain);
  const { seenCertificate: _, report: __, inventory: ___, stateReason: ____, ...place } = mine;
  await db.proxmoxNode.create({
    data: {
      ...place,
      id: nodeId,
      userId: bea.id,
      tokenSecret: sealed("tokenSecret", fixture.lab.token.secret),
      sshPassword: sealed("sshPassword", fixture.lab.ssh.password),
    },
  });
  await db.container.update({ where: { id: run.containerId }, data: { nodeId } });
  await db.run.update({ where: { id: run.runId }, data: { nodeId, userId: bea.id } });
  return { ...run, nodeId };
}

/** Asks the node what it does, as fast as it answers; tells the most that it did at once. */
function watchTasks() {
  const { lab } = fixture;
  const proxmox = connectProxmox({
    host: lab.host,
    port: lab.port,
    tokenId: lab.token.id,
    tokenSecret: lab.token.secret,
    fingerprint: lab.fingerprint,
  });
  const most = { creates: 0, others: 0 };
  let over = false;
  const watched = (async () => {
    while (!over) {
      const active = (await proxmox.tasks("pve", { source: "active", limit: 500 })).filter(
        ({ endtime }) => endtime === undefined,
      );
      const creates = active.filter(({ type }) => type === "vzcreate").length;
      most.creates = Math.max(most.creates, creates);
      most.others = Math.max(most.others, active.filter(({ type }) => type.startsWith("vz")).length - creates);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await proxmox.close();
  })();
  return {
    async stop() {
      over = true;
      await watched;
      return most;
    },
  };
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 480_000; !(await check());) {
    if (Date.now() > deadline)
      throw new Error(
        `it did not happen: ${JSON.stringify(await fixture.db.slotRequest.findMany({ select: { pool: true, round: true, grantedAt: true, run: { select: { state: true, waitingFor: true } } } }))}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
