// A plan is looked at, kept for a day, and held to: what moved meanwhile is said, and nothing is created.
import { randomUUID } from "node:crypto";
import { CreateContainerInput } from "@homeport/domain/container/container-input";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  containerInput,
  onlineNode,
  person,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { plannedFor } from "../testing/planned";
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
beforeEach(() => {
  Object.assign(api.engine, { world: {}, away: false });
});

/** What is stored and planned of an input: not where it is made. */
function specOf({ projectId: _, ...spec }: CreateContainerInput & { projectId: string }) {
  return CreateContainerInput.parse(spec);
}

function asked(hostname = `h-${randomUUID().slice(0, 8)}`) {
  const { requestKey, ...input } = containerInput(nodeId, revisionId, hostname);
  return { input, requestKey };
}

test("a plan answers what will happen, with the texts of scripts and how long it took before", async () => {
  const { input } = asked("planned");
  const plan = await (await ada.caller()).containers.plan(input);
  expect(plan).toMatchObject({
    document: { storage: { name: "local-lvm" }, blockers: [] },
    scripts: [{ name: "configure", content: "true" }],
    expected: { run: { seconds: 60, basis: "template", atMost: false } },
  });
  expect(plan.hash).toMatch(/^[0-9a-f]{64}$/);
  const row = await api.db.plan.findUniqueOrThrow({ where: { userId_hash: { userId: ada.id, hash: plan.hash } } });
  expect(CreateContainerInput.parse(row.input)).toEqual(specOf(input));
  expect(JSON.stringify(row)).not.toContain("requestKey");
});

test("the time shown is that of the steps that will run: what is left out is not counted", async () => {
  const slow = await template(api);
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  const { runId } = await caller.containers.create({ ...input, templateRevisionId: slow, requestKey });
  const at = (seconds: number) => new Date(api.clock.now.getTime() + seconds * 1_000);
  for (const [name, seconds] of [
    ["create", 12],
    ["packages", 91],
    ["script-configure", 43],
  ] as const)
    await api.db.runStep.updateMany({
      where: { runId, name },
      data: { state: "done", startedAt: at(0), endedAt: at(seconds) },
    });
  await api.db.run.update({ where: { id: runId }, data: { state: "done", startedAt: at(0), endedAt: at(150) } });

  const whole = await caller.containers.plan({ ...asked().input, templateRevisionId: slow });
  expect(whole.expected.run).toMatchObject({ seconds: 146, basis: "earlier" });
  const less = await caller.containers.plan({ ...asked().input, templateRevisionId: slow, packagesOff: ["nginx"] });
  expect(less.expected.run.seconds).toBe(55);
  // How long others' runs take is theirs to know.
  const bob = await person(api, "Bob");
  const { requestKey: _key, ...own } = containerInput(await onlineNode(api, bob, "other"), slow, "own");
  expect((await (await bob.caller()).containers.plan(own)).expected.run).toMatchObject({
    seconds: 60,
    basis: "template",
  });
});

test("a create without a plan is planned by the server, and its run is held to that", async () => {
  const { input, requestKey } = asked();
  const { runId } = await (await ada.caller()).containers.create({ ...input, requestKey });
  const run = await api.db.run.findUniqueOrThrow({
    where: { id: runId },
    include: { steps: { orderBy: { position: "asc" } } },
  });
  expect([run.planHash, run.steps[0]?.name]).toEqual([plannedFor(specOf(input)).hash, "plan"]);
  expect(await api.db.plan.count({ where: { userId: ada.id, hash: run.planHash ?? "" } })).toBe(1);
});

test("a create without a plan is refused with what stands in the way, and makes nothing", async () => {
  const { input, requestKey } = asked("blocked");
  api.engine.world = {
    blockers: [
      { id: "vmid:taken", text: "VMID 105 is taken by the virtual machine thief.", fix: "Type another VMID." },
    ],
  };
  await expect((await ada.caller()).containers.create({ ...input, vmid: 105, requestKey })).rejects.toMatchObject({
    code: "CONFLICT",
    message: "VMID 105 is taken by the virtual machine thief. Type another VMID.",
  });
  expect(await api.db.container.count({ where: { hostname: "blocked" } })).toBe(0);
});

test.each(["the engine", "the node"])(
  "while %s is away a create is taken, and its run makes the plan before anything else",
  async (who) => {
    const { input, requestKey } = asked();
    if (who === "the engine") api.engine.away = true;
    else api.engine.world = { blockers: [{ id: "node:proxmox-unreachable", text: "Node pve is unreachable." }] };
    const { runId } = await (await ada.caller()).containers.create({ ...input, requestKey }).finally(() => {
      api.engine.away = false;
    });
    const run = await api.db.run.findUniqueOrThrow({
      where: { id: runId },
      include: { steps: { orderBy: { position: "asc" } } },
    });
    expect([run.planHash, run.steps[0]?.name]).toEqual([null, "plan"]);
  },
);

test("of two clicks at once the second is planned after the first has made its container, and is still the same run", async () => {
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  const plan = api.engine.plan.bind(api.engine);
  let [asks, bothAsk] = [0, (): void => undefined];
  const together = new Promise<void>((resolve) => {
    bothAsk = resolve;
  });
  api.engine.plan = async (spec) => {
    asks += 1;
    if (asks === 1) return together.then(() => plan(spec));
    bothAsk();
    await made;
    return plannedFor(spec, {
      blockers: [{ id: "vmid:taken", text: `VMID 640 is taken by the container ${spec.hostname}.` }],
    });
  };
  const clicks = [0, 1].map(() => caller.containers.create({ ...input, vmid: 640, requestKey }));
  const made = Promise.race(clicks);
  const [one, other] = await Promise.all(clicks).finally(() => {
    api.engine.plan = plan;
  });
  expect(other).toEqual(one);
  expect(asks).toBe(2);
});

test("what is known without the node is said without asking it", async () => {
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  await caller.containers.create({ ...input, requestKey });
  const questions = api.engine.asked.length;
  expect(await refusal(caller.containers.create({ ...input, requestKey: randomUUID() }))).toMatchObject({
    fields: { hostname: textWith("already") },
  });
  expect(api.engine.asked).toHaveLength(questions);
});

test("an edit of settings is planned before it is accepted, and the run is held to the new plan", async () => {
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  const { runId } = await caller.containers.create({ ...input, requestKey });
  await api.db.runStep.updateMany({ where: { runId, name: "create" }, data: { state: "failed", attempt: 1 } });
  await api.db.run.update({ where: { id: runId }, data: { state: "awaiting_decision" } });
  const edit = { spec: { memoryMib: 1024, vmid: 105 } };
  api.engine.world = { blockers: [{ id: "vmid:taken", text: "VMID 105 is taken by the container thief." }] };
  await expect(
    caller.runs.decide({ id: runId, decision: "retry", requestKey: randomUUID(), edit }),
  ).rejects.toMatchObject({ code: "CONFLICT", message: "VMID 105 is taken by the container thief." });
  api.engine.world = {};
  await caller.runs.decide({ id: runId, decision: "retry", requestKey: randomUUID(), edit });
  const { planHash } = await api.db.run.findUniqueOrThrow({ where: { id: runId } });
  expect(planHash).toBe(plannedFor(specOf({ ...input, ...edit.spec })).hash);
});

test("a create with its plan carries the hash, and its run checks the plan first", async () => {
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  const { hash } = await caller.containers.plan(input);
  const { runId } = await caller.containers.create({ ...input, requestKey, planHash: hash });
  const run = await api.db.run.findUniqueOrThrow({
    where: { id: runId },
    include: { steps: { orderBy: { position: "asc" } } },
  });
  expect(run.planHash).toBe(hash);
  expect(run.steps.slice(0, 4).map(({ name }) => name)).toEqual(["plan", "reserve", "image", "create"]);
  expect((await caller.runs.get({ id: runId })).steps[0]?.kind).toBe("plan");
});

test("the world moved: nothing is created, and what changed is reported; the new plan can be agreed to", async () => {
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  const { hash } = await caller.containers.plan(input);
  api.engine.world = { packages: ["nginx", "curl"] };
  const reported = await refusal(caller.containers.create({ ...input, requestKey, planHash: hash }));
  expect(reported).toMatchObject({
    code: "conflict",
    message: "The node has changed since your review.",
    changes: [{ what: "Packages", before: "nginx", after: "nginx, curl" }],
  });
  expect(await api.db.container.count({ where: { hostname: input.hostname } })).toBe(0);
  const again = await caller.containers.plan(input);
  expect(await refusal(caller.containers.create({ ...input, requestKey, planHash: again.hash }))).toMatchObject({
    code: "accepted",
  });
});

test("free space may change as it likes; too little of it stands in the way", async () => {
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  const { hash } = await caller.containers.plan(input);
  const storage = {
    name: "local-lvm",
    type: "lvmthin",
    availableBytes: 1,
    totalBytes: 2,
    promisedBytes: 0,
    promisedTo: 0,
    neededBytes: 3,
  };
  api.engine.world = { storage, blockers: [{ id: "storage:space", text: "Storage local-lvm has 0.0 GiB free." }] };
  expect(await refusal(caller.containers.create({ ...input, requestKey, planHash: hash }))).toMatchObject({
    code: "conflict",
    changes: [{ after: textWith("0.0 GiB") }],
  });
  const blocked = await caller.containers.plan(input);
  expect(await refusal(caller.containers.create({ ...input, requestKey, planHash: blocked.hash }))).toMatchObject({
    code: "conflict",
    message: textWith("0.0 GiB"),
  });
  api.engine.world = { storage };
  expect(await refusal(caller.containers.create({ ...input, requestKey, planHash: hash }))).toMatchObject({
    code: "accepted",
  });
});

test("with the engine away a plan is not to be had, but a create with one is taken: its run will check", async () => {
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  const { hash } = await caller.containers.plan(input);
  api.engine.away = true;
  const { runId } = await caller.containers.create({ ...input, requestKey, planHash: hash }).finally(() => {
    api.engine.away = false;
  });
  expect(await api.db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    state: "queued",
    planHash: hash,
  });
});

test("a plan of somebody else, or one that is too old, is not known; one that a run waits with is kept", async () => {
  const { input, requestKey } = asked();
  const caller = await ada.caller();
  const { hash } = await caller.containers.plan(input);
  const kept = asked();
  const agreed = await caller.containers.plan(kept.input);
  await caller.containers.create({ ...kept.input, requestKey: kept.requestKey, planHash: agreed.hash });
  await api.db.plan.updateMany({ data: { createdAt: new Date(api.clock.now.getTime() - 25 * 3_600_000) } });
  await caller.containers.plan(asked().input);
  expect(await refusal(caller.containers.create({ ...input, requestKey, planHash: hash }))).toMatchObject({
    code: "conflict",
    message: textWith("not known any more"),
  });
  expect(await api.db.plan.count({ where: { hash: agreed.hash } })).toBe(1);
});

test("an image that the node can download may be chosen while the engine is away", async () => {
  api.engine.away = true;
  const { inventory } = await api.db.proxmoxNode.findUniqueOrThrow({
    where: { id: nodeId },
    select: { inventory: true },
  });
  const storages = [
    { name: "local", type: "dir", availableBytes: 1, totalBytes: 1, forContainers: false, forTemplates: true },
    {
      name: "local-lvm",
      type: "lvmthin",
      availableBytes: 1e12,
      totalBytes: 2e12,
      forContainers: true,
      forTemplates: false,
    },
  ];
  await api.db.proxmoxNode.update({
    where: { id: nodeId },
    data: {
      inventory: { ...(inventory as object), storages, downloads: ["ubuntu-24.04-standard_24.04-2_amd64.tar.zst"] },
    },
  }); // written by the fixture
  const { input, requestKey } = asked();
  const sent = { ...input, requestKey, osTemplate: "local:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst" };
  expect(await refusal((await ada.caller()).containers.create(sent))).toMatchObject({ code: "accepted" });
  expect(
    (
      await refusal(
        (await ada.caller()).containers.create({
          ...sent,
          requestKey: randomUUID(),
          hostname: "other",
          osTemplate: "nfs:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst",
        }),
      )
    ).fields,
  ).toHaveProperty("osTemplate");
});

test("looking is limited: each look asks the node a dozen questions", async () => {
  const eve = await person(api, "Eve");
  const own = await onlineNode(api, eve, "pve");
  const { requestKey: _, ...input } = containerInput(own, revisionId, "many");
  // The fixture widens limits a thousandfold; the bucket is emptied instead of filled.
  await (await eve.caller()).containers.plan(input);
  await api.db.rateLimit.updateMany({ where: { key: `plan:account:${eve.id}` }, data: { tokens: 0 } });
  expect(await refusal((await eve.caller()).containers.plan(input))).toMatchObject({ code: "too_many_requests" });
});
