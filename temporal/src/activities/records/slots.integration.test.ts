// The queue before a node, on a real database: who is let in, who is signalled, and what becomes of slots that nobody gives back.
import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openFixture, type Fixture } from "../../testing/fixture";
import { releaseStaleSlots, slotRecords } from "./slots";
import type { Called } from "./slot-queue";

let fixture: Fixture;
let called: Called[] = [];
const fixtures: Fixture[] = [];
const slots = () =>
  slotRecords({
    db: fixture.db,
    signalSlot: (one) => {
      called.push(one);
      return Promise.resolve();
    },
  });
beforeEach(async () => {
  fixture = await openFixture();
  fixtures.push(fixture);
  called = [];
});
afterAll(async () => {
  for (const one of fixtures) await one.close();
});

async function running(data: { nodeId?: string; userId?: string } = {}): Promise<string> {
  const { runId, containerId } = await fixture.provision();
  await fixture.db.run.update({ where: { id: runId }, data: { state: "running", ...data } });
  await fixture.db.runStep.updateMany({ where: { runId, name: "create" }, data: { state: "running" } });
  if (data.nodeId) await fixture.db.container.update({ where: { id: containerId }, data: { nodeId: data.nodeId } });
  return runId;
}
const ask = (runId: string, step = "create", kind: "create" | "task" = "create") =>
  slots().askTurn({ runId, step, kind });
const release = (runId: string, step = "create") => slots().releaseTurn({ runId, step });
const read = (runId: string) =>
  fixture.db.run.findUniqueOrThrow({ where: { id: runId }, include: { steps: { where: { name: "create" } } } });

const placed = (position: number, limit = 2) => ({
  on: "slot",
  node: "lab",
  pool: "create:local-lvm",
  position,
  limit,
});

test("two are let in, the others are told their place, and the place moves on", async () => {
  const runs = [await running(), await running(), await running(), await running()];
  const [a = "", b = "", c = "", d = ""] = runs;
  expect([await ask(a), await ask(b), await ask(c), await ask(d)].map(({ granted }) => granted)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(await read(a)).toMatchObject({ state: "running", waitingFor: null, version: 0 });
  expect(await read(c)).toMatchObject({
    state: "waiting",
    waitingFor: placed(1),
    steps: [{ state: "waiting" }],
  });
  const before = await read(d);
  expect(before.waitingFor).toEqual(placed(2));

  await release(a);
  expect(called).toEqual([{ runId: c, step: "create" }]);
  const after = await read(d);
  expect(after.waitingFor).toEqual(placed(1));
  expect(after.version).toBeGreaterThan(before.version);
  expect(await ask(c)).toEqual({ granted: true });
  expect(await read(c)).toMatchObject({
    state: "running",
    waitingFor: null,
    steps: [{ state: "running", detail: null }],
  });
});

test("asking and giving back twice is as once", async () => {
  const [a, b] = [await running(), await running()];
  await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { createsAtOnce: 1 } });
  await ask(a);
  await ask(a);
  await ask(b);
  expect(await ask(b)).toEqual({ granted: false });
  expect(await fixture.db.slotRequest.count()).toBe(2);
  await release(a);
  await release(a);
  expect(called).toEqual([{ runId: b, step: "create" }]);
});

test("creates on another storage and other tasks stand in lines of their own", async () => {
  const runs = [await running(), await running(), await running()];
  for (const run of runs) await ask(run);
  const other = await fixture.provision({ storage: "local" });
  await fixture.db.run.update({ where: { id: other.runId }, data: { state: "running" } });
  expect(await ask(other.runId)).toEqual({ granted: true });
  const tasks = await Promise.all([1, 2, 3, 4, 5].map(() => running()));
  const granted = await Promise.all(tasks.map((run) => ask(run, "start", "task")));
  expect(granted.filter((one) => one.granted)).toHaveLength(4);
  expect(await fixture.db.run.count({ where: { waitingFor: { equals: { ...placed(1, 4), pool: "task" } } } })).toBe(1);
});

test("whoever asks at once: never more than the limit", async () => {
  const runs = await Promise.all(Array.from({ length: 12 }, () => running()));
  await Promise.all(runs.map((run) => ask(run)));
  expect(await fixture.db.slotRequest.count({ where: { grantedAt: { not: null } } })).toBe(2);
  const places = await fixture.db.run.findMany({
    where: { waitingFor: { path: ["on"], equals: "slot" } },
    select: { waitingFor: true },
  });
  expect(new Set(places.map(({ waitingFor }) => JSON.stringify(waitingFor))).size).toBe(10);
});

test("one machine that two people have added has one line, and the lower limit", async () => {
  const mine = await fixture.db.proxmoxNode.findUniqueOrThrow({ where: { id: fixture.nodeId } });
  const bea = await fixture.db.user.create({
    data: { email: `${randomUUID()}@homeport.local`, name: "Bea", passwordHash: "-" },
  });
  const { seenCertificate: _, report: __, inventory: ___, stateReason: ____, ...place } = mine;
  const hers = await fixture.db.proxmoxNode.create({
    data: { ...place, id: randomUUID(), userId: bea.id, createsAtOnce: 1 },
  });
  const ours = [await running(), await running(), await running()];
  for (const run of ours) await ask(run);
  const her = await running({ nodeId: hers.id, userId: bea.id });
  await ask(her);
  // She comes right after the one who has the next slot, before the others of mine.
  expect((await read(her)).waitingFor).toEqual(placed(1, 1));
  await release(ours[0] ?? "");
  expect(called).toEqual([{ runId: her, step: "create" }]);
});

test("the slots of a run that has ended are given back by the sweeper, and a call that was lost is made again", async () => {
  const runs = [await running(), await running(), await running()];
  for (const run of runs) await ask(run);
  const [dead = "", , waiting = ""] = runs;
  await fixture.db.run.update({ where: { id: dead }, data: { state: "failed", endedAt: new Date() } });
  expect(await releaseStaleSlots(fixture.db)).toEqual({ released: 1, called: [{ runId: waiting, step: "create" }] });
  expect((await read(waiting)).waitingFor).toEqual(placed(0));
  // Nobody came yet.
  expect(await releaseStaleSlots(fixture.db)).toEqual({ released: 0, called: [{ runId: waiting, step: "create" }] });
  expect(await ask(waiting)).toEqual({ granted: true });
  expect(await releaseStaleSlots(fixture.db)).toEqual({ released: 0, called: [] });
});

test("a limit that was raised lets the next ones in", async () => {
  const runs = [await running(), await running(), await running()];
  for (const run of runs) await ask(run);
  await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { createsAtOnce: 3 } });
  expect((await releaseStaleSlots(fixture.db)).called).toEqual([{ runId: runs[2], step: "create" }]);
});

test("a run holds one slot: what an earlier workflow of it left is gone when it asks for another", async () => {
  const run = await running();
  await ask(run, "start", "task");
  await ask(run);
  expect(await fixture.db.slotRequest.findMany({ select: { pool: true } })).toEqual([{ pool: "create:local-lvm" }]);
});

test("a run that has ended is not kept waiting for what it clears away", async () => {
  const runs = [await running(), await running(), await running()];
  for (const run of runs.slice(0, 2)) await ask(run);
  await fixture.db.run.update({ where: { id: runs[2] ?? "" }, data: { state: "failed", endedAt: new Date() } });
  expect(await ask(runs[2] ?? "")).toEqual({ granted: true });
  expect(await fixture.db.slotRequest.count()).toBe(2);
});
