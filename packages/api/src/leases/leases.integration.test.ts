// Leases as people set them: by whom, until when, and what happens to one that has ended; new containers by their project and their template.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  batchInput,
  containerInput,
  onlineNode,
  person,
  readyContainer,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";

const HOUR = 3_600_000;
let api: TestApi;
let ada: TestPerson;
let nodeId: string;
let revisionId: string;
let id: string;
let made = 0;
let began: Date;

beforeAll(async () => {
  api = await startApi();
  began = api.clock.now;
  ada = await person(api, "Ada");
  [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
});
afterAll(() => api.close());
beforeEach(async () => {
  made += 1;
  api.clock.now = began;
  id = (
    await readyContainer(api, ada, {
      ...{ nodeId, templateRevisionId: revisionId, status: "stopped" },
      ...{ hostname: `web-${made}`, vmid: 100 + made },
    })
  ).containerId;
  api.engine.asked.length = 0;
});

const leases = async (who = ada) => (await who.caller()).leases;
const inHours = (hours: number) => new Date(api.clock.now.getTime() + hours * HOUR);
const set = async (hours: number, graceHours: number | null = null) =>
  (await leases()).set({ id, endsAt: inHours(hours).toISOString(), graceHours });
const shown = async () => (await (await ada.caller()).containers.get({ id })).lease;
const stored = () => api.db.lease.findUniqueOrThrow({ where: { containerId: id } });
const later = (hours: number): void => {
  api.clock.now = inHours(hours);
};
/** As the worker leaves it. */
const end = async (data: { stage: "ending" | "ended" | "destroying"; runId?: string }) =>
  api.db.lease.update({
    where: { containerId: id },
    data: { ...data, endedAt: data.stage === "ending" ? null : api.clock.now, readVersion: 1 },
  });

test("set, it is shown on the page and in the list, and its workflow is told; set so again, nothing happens", async () => {
  const endsAt = inHours(48);
  expect(await set(48, 24)).toEqual({ endsAt, graceHours: 24 });
  expect(await shown()).toMatchObject({
    ...{ endsAt, graceHours: 24, hours: 48, stage: "lent", endedAt: null },
    ...{ destroyedAt: inHours(72), setBy: { name: "Ada" } },
  });
  const list = await (await ada.caller()).containers.list({ projectId: ada.projectId });
  expect(list.find((one) => one.id === id)?.lease).toEqual({
    endsAt: endsAt.toISOString(),
    stage: "lent",
    destroys: true,
    exempt: false,
  });
  expect(api.engine.asked).toEqual([`lease ${id}`]);
  await set(48, 24);
  expect((await stored()).version).toBe(1);
  expect(await api.db.auditLog.count({ where: { targetId: id, action: "container.set_lease" } })).toBe(1);
});

test("extended, it ends by its length from now, and never sooner than before; the audit log says from when to when", async () => {
  await set(48, null);
  later(10);
  const { endsAt } = await (await leases()).extend({ id });
  expect(endsAt).toEqual(inHours(48));
  const entry = await api.db.auditLog.findFirstOrThrow({ where: { targetId: id }, orderBy: { id: "desc" } });
  expect(entry).toMatchObject({
    action: "container.extend_lease",
    details: { endsAt: inHours(48).toISOString(), endsAtBefore: inHours(38).toISOString() },
  });
  await api.db.lease.update({ where: { containerId: id }, data: { hours: 1 } });
  expect((await (await leases()).extend({ id })).endsAt).toEqual(inHours(48));
});

test("ended, it is not started until it is extended: the new term forgets what the old one had done", async () => {
  await set(1, 24);
  await end({ stage: "ended" });
  const start = async () => (await ada.caller()).containers.start({ id, requestKey: randomUUID() });
  expect((await refusal(start())).message).toBe("Its lease has ended: extend the lease first.");
  await (await leases()).extend({ id });
  expect(await stored()).toMatchObject({ stage: "lent", endedAt: null, runId: null, version: 2 });
  await start();
});

test("extended while its shutdown is under way, that run is cancelled; who extends it does not answer for the lease", async () => {
  await set(1, 24);
  const bob = await person(api, "Bob");
  await api.db.projectMember.create({
    data: { projectId: ada.projectId, userId: bob.id, role: "OPERATOR", inheritedFromOrg: false },
  });
  await api.db.guestObservation.updateMany({ where: { nodeId, vmid: 100 + made }, data: { status: "running" } });
  const { runId } = await (await ada.caller()).containers.shutdown({ id, requestKey: randomUUID() });
  await end({ stage: "ending", runId });
  await (await leases(bob)).extend({ id });
  expect(await stored()).toMatchObject({ stage: "lent", runId: null, setById: ada.id });
  const run = await api.db.run.findUniqueOrThrow({ where: { id: runId } });
  expect(run.cancelRequestedAt).not.toBeNull();
});

test("set again to the minute that the page shows, its length stays; with another grace period it is a change", async () => {
  await set(48, 24);
  later(0.4);
  await (await leases()).set({ id, endsAt: new Date(inHours(47.6).getTime() - 30_000).toISOString(), graceHours: 1 });
  expect(await stored()).toMatchObject({ endsAt: inHours(47.6), hours: 48, graceHours: 1 });
});

test("a container that is deleted, and found again, is not lent", async () => {
  await set(48, 24);
  await api.db.container.update({ where: { id }, data: { lifecycle: "deleted", vmid: null } });
  expect(await api.db.lease.count({ where: { containerId: id } })).toBe(0);
});

test("while the run that destroys it is under way, extending alone would not save it: it is refused, and goes once that run is cancelled", async () => {
  await set(1, 1);
  const { runId } = await (await ada.caller()).containers.destroy({ id, requestKey: randomUUID() });
  await end({ stage: "destroying", runId });
  for (const call of [
    async () => (await leases()).extend({ id }),
    async () => (await leases()).remove({ id }),
    async () => set(9),
  ])
    expect((await refusal(call())).message).toContain("The run that destroys this container has begun");
  await api.db.run.update({ where: { id: runId }, data: { state: "cancelled", endedAt: api.clock.now } });
  await (await leases()).extend({ id });
  expect((await stored()).stage).toBe("lent");
});

test("a moment that is over, or years ahead, none at all, and a container without a lease or that is gone are refused in words", async () => {
  const messages = [];
  for (const call of [
    () => set(0),
    () => set(-5),
    () => set(30_000),
    async () => (await leases()).set({ id, endsAt: "tomorrow", graceHours: null }),
    async () => (await leases()).set({ id, endsAt: inHours(5).toISOString(), graceHours: 0 }),
    async () => (await leases()).extend({ id }),
  ])
    messages.push(await refusal(call()));
  expect(messages.map(({ code, fields, message }) => [code, Object.keys(fields ?? {}), message])).toEqual([
    ["invalid", ["endsAt"], "Choose a moment that is at least a minute ahead."],
    ["invalid", ["endsAt"], "Choose a moment that is at least a minute ahead."],
    ["invalid", ["endsAt"], "Choose a moment within two years."],
    ["invalid", ["endsAt"], expect.any(String)],
    ["invalid", ["graceHours"], expect.any(String)],
    ["conflict", [], "This container is not lent: it has no end to extend."],
  ]);
  expect(await (await leases()).remove({ id })).toBeUndefined();
  await api.db.container.update({ where: { id }, data: { lifecycle: "deleted", vmid: null } });
  expect((await refusal(set(5))).message).toBe("This container is deleted, or is being deleted.");
});

test("a viewer sees it and changes nothing; somebody else finds no such container", async () => {
  await set(5);
  const [eve, vera] = [await person(api, "Eve"), await person(api, "Vera")];
  await api.db.projectMember.create({
    data: { projectId: ada.projectId, userId: vera.id, role: "VIEWER", inheritedFromOrg: false },
  });
  expect((await (await vera.caller()).containers.get({ id })).lease).toMatchObject({ endsAt: inHours(5) });
  for (const [who, code] of [
    [eve, "not_found"],
    [vera, "forbidden"],
  ] as const) {
    const mine = await leases(who);
    const endsAt = inHours(9).toISOString();
    for (const call of [
      () => mine.extend({ id }),
      () => mine.remove({ id }),
      () => mine.set({ id, endsAt, graceHours: 1 }),
    ])
      expect((await refusal(call())).code).toBe(code);
    const project = { projectId: ada.projectId };
    expect((await refusal(mine.setOfProject({ ...project, lease: null }))).code).toBe(code);
  }
  expect((await stored()).endsAt).toEqual(inHours(5));
});

test("new containers are lent as their template says, else as their project does, also of a batch; those that are there stay as they are", async () => {
  const caller = await ada.caller();
  const { projectId } = ada;
  expect(await caller.leases.setOfProject({ projectId, lease: { days: 14, graceDays: 7 } })).toEqual({
    days: 14,
    graceDays: 7,
  });
  expect(await caller.leases.ofProject({ projectId })).toEqual({ days: 14, graceDays: 7 });
  expect(await shown()).toBeNull();
  const lease = async (containerId: string) => (await caller.containers.get({ id: containerId })).lease;
  const one = await caller.containers.create(containerInput(nodeId, revisionId, "lent"));
  expect(await lease(one.containerId)).toMatchObject({ endsAt: inHours(14 * 24), graceHours: 7 * 24, hours: 14 * 24 });
  const { batchId } = await caller.batches.create(batchInput(nodeId, revisionId, "lent-{1..2}"));
  const { items } = await caller.batches.get({ id: batchId });
  for (const { containerId } of items) expect(await lease(containerId)).toMatchObject({ endsAt: inHours(14 * 24) });

  const revision = await api.db.templateRevision.findUniqueOrThrow({ where: { id: revisionId } });
  const { id: lending } = await api.db.templateRevision.create({
    data: {
      ...{ templateId: revision.templateId, revision: 2, hash: "lending" },
      definition: { ...(revision.definition as object), lease: { days: 1 } },
    },
  });
  const two = await caller.containers.create(containerInput(nodeId, lending, "short"));
  expect(await lease(two.containerId)).toMatchObject({ endsAt: inHours(24), graceHours: null });
  await caller.leases.setOfProject({ projectId, lease: null });
  const three = await caller.containers.create(containerInput(nodeId, revisionId, "kept"));
  expect(await lease(three.containerId)).toBeNull();
  const lines = await api.db.auditLog.findMany({
    where: { action: "project.lease" },
    orderBy: { id: "asc" },
    select: { details: true },
  });
  expect(lines.map(({ details }) => details)).toEqual([
    { days: 14, graceDays: 7, daysBefore: null, graceDaysBefore: null },
    { days: null, graceDays: null, daysBefore: 14, graceDaysBefore: 7 },
  ]);
});

test("with the engine away it is set all the same: the sweeper tells it later", async () => {
  api.engine.away = true;
  try {
    await set(5);
  } finally {
    api.engine.away = false;
  }
  expect(await stored()).toMatchObject({ version: 1, readVersion: 0 });
});
