// Batches: made whole or not at all, once however often it is clicked; only what failed is retried.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  batchInput,
  containerInput,
  finishRun,
  onlineNode,
  person,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal, textWith } from "../testing/refusal";

let api: TestApi;
let ada: TestPerson;
let nodeId: string;
let revisionId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  nodeId = await onlineNode(api, ada, "pve");
  revisionId = await template(api);
});
afterAll(() => api.close());

const sent = (hostnames: string) => batchInput(nodeId, revisionId, hostnames);
const started = (runId: string) => api.engine.asked.filter((what) => what === `start ${runId}`).length;
const batchOf = async (batchId: string) => (await ada.caller()).batches.get({ id: batchId });
const lifecycleAfter = { done: "ready", failed: "failed", cancelled: "deleted", undone: "deleted" } as const;
/** The item's run and container as the engine leaves them. */
async function end(
  batchId: string,
  hostname: string,
  as: "done" | "failed" | "cancelled" | "undone" | "awaiting_decision",
): Promise<void> {
  const item = (await batchOf(batchId)).items.find((one) => one.hostname === hostname);
  const id = item?.runId ?? "";
  if (as === "awaiting_decision") {
    await api.db.run.update({
      where: { id },
      data: { state: as, steps: { updateMany: { where: { name: "start" }, data: { state: "failed" } } } },
    });
    return;
  }
  await finishRun(api, id);
  await api.db.run.update({ where: { id }, data: { state: as } });
  await api.db.container.update({
    where: { id: item?.containerId ?? "" },
    data: { lifecycle: lifecycleAfter[as] },
  });
}

test("one click makes the batch, its containers and their runs, starts each once, and leaves one audit line", async () => {
  const caller = await ada.caller();
  const click = {
    ...sent("web-{08..10}"),
    vmidFrom: 700,
    network: { mode: "static" as const, addresses: "10.7.0.{20..22}/24", gateway: "10.7.0.1" },
  };
  const { batchId } = await caller.batches.create(click);
  const batch = await batchOf(batchId);
  expect(batch).toMatchObject({
    title: "web-{08..10}",
    node: { name: "pve" },
    template: { title: "Web server" },
    user: { name: "Ada" },
    counts: { total: 3, waiting: 3, ready: 0, working: 0, failed: 0 },
  });
  expect(batch.items).toMatchObject([
    { hostname: "web-08", vmid: 700, address: "10.7.0.20", state: "queued", times: 1, step: { position: 1 } },
    { hostname: "web-09", vmid: 701, address: "10.7.0.21" },
    { hostname: "web-10", vmid: 702, address: "10.7.0.22" },
  ]);
  expect(batch.items.map(({ runId }) => started(runId))).toEqual([1, 1, 1]);
  const run = await caller.runs.get({ id: batch.items[1]?.runId ?? "" });
  expect(run).toMatchObject({
    container: { hostname: "web-09" },
    input: { hostname: "web-09", network: { mode: "static", address: "10.7.0.21/24", gateway: "10.7.0.1" } },
    batch: { id: batchId, title: "web-{08..10}" },
  });
  expect(run.steps.length).toBeGreaterThan(5);
  expect(
    await api.db.auditLog.findMany({ where: { targetId: batchId }, select: { action: true, targetName: true } }),
  ).toEqual([{ action: "batch.create", targetName: "web-{08..10}" }]);
  expect((await caller.batches.list({ projectId: ada.projectId })).items[0]).toMatchObject({
    id: batchId,
    counts: { total: 3 },
  });
});

test("twenty clicks that arrive at once make one batch", async () => {
  const click = sent("clicked-{1..4}");
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await ada.caller()).batches.create(click)));
  expect(new Set(answers.map(({ batchId }) => batchId)).size).toBe(1);
  expect(await api.db.container.count({ where: { hostname: { startsWith: "clicked-" } } })).toBe(4);
  const { items } = await batchOf(answers[0]?.batchId ?? "");
  expect(items.map(({ runId }) => started(runId))).toEqual([1, 1, 1, 1]);
});

test("two batches of the same names at once: one is made whole, the other refused whole", async () => {
  const reported = await Promise.all(
    [1, 2].map(async () => refusal((await ada.caller()).batches.create({ ...sent("same-{1..5}"), vmidFrom: 800 }))),
  );
  expect(reported.map(({ code }) => code).sort()).toEqual(["accepted", "conflict"]);
  expect(await api.db.container.count({ where: { hostname: { startsWith: "same-" } } })).toBe(5);
});

test("names, VMIDs and addresses that others hold are all reported, each at its item, and nothing is made, the engine away or not", async () => {
  await (
    await ada.caller()
  ).containers.create({
    ...containerInput(nodeId, revisionId, "TAKEN-2"),
    vmid: 903,
    network: { mode: "static", address: "10.9.0.21/24" },
  });
  await api.db.guestObservation.create({
    data: { nodeId, vmid: 901, kind: "qemu", name: "windows", status: "running", seenAt: api.clock.now },
  });
  const ask = async () =>
    refusal(
      (await ada.caller()).batches.create({
        ...sent("taken-{1..4}"),
        vmidFrom: 900,
        network: { mode: "static", addresses: "10.9.0.20/24" },
      }),
    );
  expect((await ask()).fields).toHaveProperty(["items.3.vmid"]);
  api.engine.away = true; // then what was seen on the node last counts as well
  const reported = await ask().finally(() => {
    api.engine.away = false;
  });
  expect(reported).toMatchObject({ code: "conflict", message: textWith("2 of 4 cannot be made.") });
  expect(reported.fields).toEqual({
    "items.1.hostname": "This node has a container called taken-2 already.",
    "items.1.vmid": "VMID 901 is taken by the virtual machine windows.",
    "items.1.network.address": "10.9.0.21 is the address of TAKEN-2.",
    "items.3.vmid": "VMID 903 is taken by the container TAKEN-2.",
  });
});

test.each([
  [{ hostnames: "web-{n}" }, "count"],
  [{ hostnames: "web-{1..201}" }, "hostnames"],
  [{ network: { mode: "static" as const, addresses: "10.0.0.255/24" } }, "network.addresses"],
  [{ scriptsOff: ["configure"] }, "scriptsOff"],
])("%o is refused at %s", async (change, field) => {
  expect(
    (await refusal((await ada.caller()).batches.create({ ...sent("bad-{1..3}"), ...change }))).fields,
  ).toHaveProperty([field]);
  expect(await api.db.container.count({ where: { hostname: { startsWith: "bad-" } } })).toBe(0);
});

test("each member has the plan that it is held to, made in one look for all", async () => {
  const before = api.engine.asked.length;
  const { batchId } = await (await ada.caller()).batches.create({ ...sent("held-{1..3}"), vmidFrom: 740 });
  const runs = await api.db.run.findMany({
    where: { batchId },
    include: { steps: { orderBy: { position: "asc" } } },
    orderBy: { id: "asc" },
  });
  const hashes = runs.map(({ planHash }) => planHash ?? "");
  expect(new Set(hashes).size).toBe(3);
  expect(await api.db.plan.count({ where: { userId: ada.id, hash: { in: hashes } } })).toBe(3);
  expect(runs.map(({ steps }) => steps[0]?.name)).toEqual(["plan", "plan", "plan"]);
  expect(api.engine.asked.slice(before).filter((what) => what.startsWith("plan"))).toEqual(["plan 3"]);
});

test("what stands in the way of one member refuses the batch, at its field; begun anew, that one is left out", async () => {
  const blockers = [
    {
      id: "storage:space",
      text: "Storage local-lvm has 20 GiB free, of which 12 GiB are promised to 3 containers under way; at least 10 GiB are needed.",
    },
  ];
  const caller = await ada.caller();
  api.engine.worldOf = ({ hostname }) => (hostname === "tight-2" ? { blockers } : {});
  const refused = await refusal(caller.batches.create(sent("tight-{1..3}")));
  expect(refused).toMatchObject({ code: "conflict", fields: { "items.1.storage": blockers[0]?.text } });
  expect(refused.message).toContain(
    "1 of 3 cannot be made. Storage local-lvm has 20 GiB free, of which 12 GiB are promised",
  );
  api.engine.worldOf = undefined;
  const { batchId } = await caller.batches.create(sent("tight-{1..3}"));
  for (const hostname of ["tight-1", "tight-2"]) await end(batchId, hostname, "undone");
  api.engine.worldOf = ({ hostname }) => (hostname === "tight-2" ? { blockers } : {});
  const again = await caller.batches.retryFailed({ id: batchId, requestKey: randomUUID() }).finally(() => {
    api.engine.worldOf = undefined;
  });
  expect(again).toEqual({ done: 1, refused: [{ hostname: "tight-2", reason: blockers[0]?.text }] });
});

test("two hundred are made in one go", async () => {
  const { batchId } = await (await ada.caller()).batches.create({ ...sent("many-{n}"), count: 200, vmidFrom: 10_000 });
  const { items, counts } = await batchOf(batchId);
  expect(counts.total).toBe(200);
  expect(items[199]).toMatchObject({ hostname: "many-200", vmid: 10_199 });
  expect(items.every(({ runId }) => started(runId) === 1)).toBe(true);
});

test("with the engine away the click is taken, and every row says what it waits for", async () => {
  api.engine.away = true;
  const { batchId } = await (await ada.caller()).batches.create(sent("later-{1..12}")).finally(() => {
    api.engine.away = false;
  });
  expect((await batchOf(batchId)).items.map(({ state, waitingFor }) => ({ state, waitingFor }))).toEqual(
    Array.from({ length: 12 }, () => ({ state: "queued", waitingFor: { on: "engine", why: "away" } })),
  );
  // Nobody could plan them: each run does, before anything else.
  expect(
    await api.db.run.count({ where: { batchId, planHash: null, steps: { some: { name: "plan", position: 0 } } } }),
  ).toBe(12);
});

test("one key and another content: refused with the batch that exists", async () => {
  const click = sent("tab-{1..2}");
  const { batchId } = await (await ada.caller()).batches.create(click);
  expect(await (await ada.caller()).batches.create(click)).toEqual({ batchId });
  expect(await refusal((await ada.caller()).batches.create({ ...click, hostnames: "tab-{3..4}" }))).toMatchObject({
    code: "conflict",
    exists: { type: "batch", id: batchId, name: "tab-{1..2}" },
  });
  expect(await api.db.container.count({ where: { hostname: { startsWith: "tab-" } } })).toBe(2);
});

test("only the failed are retried: a decision where the run waits for one, a new run where it ended; twice sent, done once", async () => {
  const { batchId } = await (await ada.caller()).batches.create({ ...sent("mix-{a,b,c,d,e,f}"), vmidFrom: 20_000 });
  const before = await batchOf(batchId);
  await end(batchId, "mix-a", "done");
  await end(batchId, "mix-b", "awaiting_decision");
  await end(batchId, "mix-c", "undone");
  await end(batchId, "mix-d", "cancelled");
  await end(batchId, "mix-e", "failed"); // its container row still holds name and VMID
  expect((await batchOf(batchId)).counts).toEqual({ total: 6, ready: 1, working: 0, waiting: 1, failed: 4 });

  const click = { id: batchId, requestKey: randomUUID() };
  const both = await Promise.all([
    (await ada.caller()).batches.retryFailed(click),
    (await ada.caller()).batches.retryFailed(click),
  ]);
  const second = await (await ada.caller()).batches.retryFailed(click);
  expect(both[0].refused).toEqual([{ hostname: "mix-e", reason: "This node has a container called mix-e already." }]);
  expect(both).toContainEqual(second);

  const after = await batchOf(batchId);
  const [a, b, c, d, e, f] = after.items;
  expect(after.items.map(({ hostname }) => hostname)).toEqual(before.items.map(({ hostname }) => hostname));
  expect([a, b, e, f].map((item) => item?.runId)).toEqual([0, 1, 4, 5].map((index) => before.items[index]?.runId));
  expect([c, d]).toMatchObject([
    { state: "queued", times: 2, vmid: 20_002 },
    { state: "queued", times: 2, vmid: 20_003 },
  ]);
  expect(api.engine.asked).toContain(`retry ${b?.runId}`);
  expect(await api.db.runDecision.count({ where: { runId: b?.runId ?? "" } })).toBe(1);
  expect([started(c?.runId ?? ""), started(d?.runId ?? "")]).toEqual([1, 1]);
  expect(await api.db.run.count({ where: { batchId } })).toBe(8);
  expect(after.counts.total).toBe(6);

  // One of them fails again: the same click does not begin it a third time, another one does.
  await end(batchId, "mix-c", "undone");
  await (await ada.caller()).batches.retryFailed(click);
  expect(await api.db.run.count({ where: { batchId } })).toBe(8);
  await (await ada.caller()).batches.retryFailed({ id: batchId, requestKey: randomUUID() });
  expect((await batchOf(batchId)).items[2]).toMatchObject({ times: 3, state: "queued" });
});

test("cancel the rest asks those that are not finished, and no other", async () => {
  const { batchId } = await (await ada.caller()).batches.create(sent("rest-{1..3}"));
  await end(batchId, "rest-1", "done");
  const click = { id: batchId, requestKey: randomUUID() };
  expect(await (await ada.caller()).batches.cancelRest(click)).toEqual({ done: 2, refused: [] });
  expect(await (await ada.caller()).batches.cancelRest(click)).toEqual({ done: 2, refused: [] });
  const other = await (await ada.caller()).batches.create(sent("other-{1..2}"));
  expect(await refusal((await ada.caller()).batches.cancelRest({ ...click, id: other.batchId }))).toMatchObject({
    code: "conflict",
    message: textWith("with this request already"),
  });
  const { items } = await batchOf(batchId);
  expect(items.map(({ cancelRequested }) => cancelRequested)).toEqual([false, true, true]);
  expect(api.engine.asked.filter((what) => items.some(({ runId }) => what === `cancel ${runId}`))).toHaveLength(2);
});

test("a viewer of the project sees its batches and may change nothing; an operator may retry", async () => {
  const { batchId } = await (await ada.caller()).batches.create(sent("shared-{1..2}"));
  const { landing: project } = await (await ada.caller()).projects.list();
  const [viewer, operator] = [await person(api, "Viewer"), await person(api, "Operator")];
  await api.db.projectMember.createMany({
    data: [
      { projectId: project.id, userId: viewer.id, role: "VIEWER", inheritedFromOrg: false },
      { projectId: project.id, userId: operator.id, role: "OPERATOR", inheritedFromOrg: false },
    ],
  });
  const looks = await viewer.caller();
  expect(await looks.batches.get({ id: batchId })).toMatchObject({ title: "shared-{1..2}" });
  const click = { id: batchId, requestKey: randomUUID() };
  expect(
    (await Promise.all([looks.batches.retryFailed(click), looks.batches.cancelRest(click)].map(refusal))).map(
      ({ code }) => code,
    ),
  ).toEqual(["forbidden", "forbidden"]);
  expect(await (await operator.caller()).batches.cancelRest(click)).toMatchObject({ done: 2 });
});
