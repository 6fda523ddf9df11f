// How much may be taken: of a node that was shared, of a project, of an organization, by a person; counted so that no two creates take the same.
import { randomUUID } from "node:crypto";
import { type ShareLimits, firstLimits } from "@homeport/domain/node/share-limits";
import { noQuota, type Quota } from "@homeport/domain/quota/quota";
import type { SpecEdit } from "@homeport/domain/run/step-edit";
import { StoredSpec } from "@homeport/domain/stored/spec";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
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
import { refusal } from "../testing/refusal";

let api: TestApi;
let ada: TestPerson;
let bob: TestPerson;
let organizationId: string;
let nodeId: string;
let revisionId: string;

beforeAll(async () => {
  api = await startApi();
  [ada, bob] = [await person(api, "Ada"), await person(api, "Bob")];
  [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api, "web-quotas")];
  const { projectId } = ada;
  ({ organizationId } = await api.db.project.findUniqueOrThrow({ where: { id: projectId } }));
  await api.db.projectMember.create({
    data: { projectId, userId: bob.id, role: "OPERATOR", inheritedFromOrg: false },
  });
  await (await ada.caller()).nodes.share({ id: nodeId, projectId });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.db.quota.deleteMany();
  await api.db.container.updateMany({ data: { lifecycle: "deleted", vmid: null } });
  await limit({});
});

const limit = async (limits: Partial<ShareLimits>) =>
  (await ada.caller()).nodes.limitShare({
    id: nodeId,
    projectId: ada.projectId,
    limits: { ...firstLimits, privileged: true, ...limits },
  });
const ofProject = async (quota: Partial<Quota>) =>
  (await ada.caller()).quotas.setProject({ projectId: ada.projectId, quota: { ...noQuota, ...quota } });
type Change = Partial<ReturnType<typeof containerInput>>;
const input = (hostname: string, change: Change = {}) => ({
  ...containerInput(nodeId, revisionId, hostname),
  ...change,
});
const create = async (by: TestPerson, hostname: string, change: Change = {}) =>
  (await by.caller()).containers.create(input(hostname, change));
const batch = async (by: TestPerson, hostnames: string) =>
  (await by.caller()).batches.create(batchInput(nodeId, revisionId, hostnames));
const taken = async () => (await (await bob.caller()).quotas.project({ projectId: ada.projectId })).used;

test("of many creates at once with room for one exactly one is made, on two nodes and by two people", async () => {
  const other = await onlineNode(api, ada, "pve-2");
  await (await ada.caller()).nodes.share({ id: other, projectId: ada.projectId });
  await ofProject({ containers: 1 });
  const clicks = [ada, bob].flatMap((by) =>
    [nodeId, other].flatMap((node, index) =>
      ["a", "b"].map((name) => create(by, `${name}-${by === ada ? "ada" : "bob"}-${index}`, { nodeId: node })),
    ),
  );
  const answers = await Promise.allSettled(clicks);
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refused = answers.flatMap((one) => (one.status === "rejected" ? [one.reason as { message: string }] : []));
  expect(new Set(refused.map(({ message }) => message))).toEqual(
    new Set([
      "The project default may have 1 container at most: nothing of it is left, and this takes 1 container. An owner or administrator of its organization can change this.",
    ]),
  );
  expect((await taken()).containers).toBe(1);
});

test("cores, memory and disk are counted over what is there, at the field that can be made smaller", async () => {
  await ofProject({ cores: 3, memoryMib: 1024, diskGib: 100 });
  await create(bob, "first", { cores: 2 });
  expect(await taken()).toEqual({ containers: 1, cores: 2, memoryMib: 512, diskGib: 4 });
  const { code, fields, message } = await refusal(create(ada, "second", { cores: 2, memoryMib: 768 }));
  expect(code).toBe("conflict");
  expect(message).toContain("The project default may have 3 cores at most: 1 core is left, and this takes 2 cores.");
  expect(message).toContain("And 1 more.");
  expect(Object.keys(fields ?? {}).sort()).toEqual(["cores", "memoryMib"]);
  expect(fields?.memoryMib).toContain("512 MiB of memory are left, and this takes 768 MiB of memory");
  await create(ada, "second", { cores: 1 });
});

test("what is deleted is free again; what failed still counts, and so does what is lower than what is there", async () => {
  await ofProject({ containers: 1 });
  const { containerId, runId } = await create(bob, "once");
  await finishRun(api, runId, "failed");
  await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "failed" } });
  expect((await refusal(create(bob, "twice"))).message).toContain("nothing of it is left");
  await ofProject({ containers: 0 });
  expect((await refusal(create(bob, "twice"))).message).toContain("0 containers at most");
  await ofProject({ containers: 1 });
  await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "deleted", vmid: null } });
  await create(bob, "twice");
});

test("an organization's quota holds over all its projects, a person's over all that they created", async () => {
  const owner = await ada.caller();
  const slug = `second-${randomUUID().slice(0, 8)}`;
  const second = await owner.projects.create({ organizationId, name: "Second", slug, requestKey: randomUUID() });
  await owner.quotas.setOrganization({ organizationId, quota: { ...noQuota, cores: 2 } });
  await create(ada, "here");
  await create(ada, "there", { projectId: second.id });
  expect((await refusal(create(bob, "beyond"))).message).toContain(
    "The organization Ada's organization may have 2 cores",
  );
  expect((await owner.quotas.organization({ organizationId })).used).toMatchObject({ containers: 2, cores: 2 });

  await owner.quotas.setOrganization({ organizationId, quota: noQuota });
  await owner.people.setQuota({ id: ada.id, quota: { ...noQuota, containers: 2 } });
  expect((await refusal(create(ada, "third"))).message).toContain("Ada may have created 2 containers at most");
  await create(bob, "of-bob");
  expect((await owner.people.list()).items.map(({ quota }) => quota)).toEqual([null, { ...noQuota, containers: 2 }]);
});

test("a share's limits hold for everybody but the node's owner", async () => {
  await limit({
    storages: ["tank"],
    bridges: ["vmbr9"],
    templates: ["other", "more"],
    vmidFrom: 500,
    vmidTo: 599,
    privileged: false,
  });
  const { code, fields } = await refusal(create(bob, "outside", { vmid: 200, unprivileged: false }));
  expect(code).toBe("conflict");
  expect(fields).toEqual({
    storage: "This project may use tank of pve. The node's owner can change this.",
    bridge: "This project may use vmbr9 of pve. The node's owner can change this.",
    templateRevisionId: "On pve this project may create containers of other or more. The node's owner can change this.",
    vmid: "On pve this project may use VMIDs 500 to 599. The node's owner can change this.",
    unprivileged: "On pve this project may create unprivileged containers only. The node's owner can change this.",
  });
  await limit({ storages: ["tank", "local-lvm"], templates: ["web-quotas"], vmidFrom: 500, vmidTo: 599 });
  await create(bob, "inside", { vmid: 500 });
  await limit({ storages: ["tank"], privileged: false });
  await create(ada, "by-owner", { vmid: 200, unprivileged: false });
});

test("a share's quota counts what the project has on that node, its owner's as well", async () => {
  await limit({ quota: { ...noQuota, containers: 1 } });
  await create(ada, "of-ada");
  expect((await refusal(create(bob, "of-bob"))).message).toBe(
    "This project may use pve for 1 container at most: nothing of it is left, and this takes 1 container. The node's owner can change this.",
  );
  await create(ada, "of-ada-2");
  expect(await (await ada.caller()).nodes.shares({ id: nodeId })).toMatchObject([
    { limits: { quota: { containers: 1 } }, used: { containers: 2, cores: 2 } },
  ]);
});

test("a batch is made whole or not at all; its failed ones begin anew as far as there is room", async () => {
  await ofProject({ containers: 3 });
  expect((await refusal(batch(bob, "many-{1..4}"))).message).toContain(
    "3 containers are left, and this takes 4 containers",
  );
  expect((await taken()).containers).toBe(0);
  const { batchId } = await batch(bob, "many-{1..3}");
  const caller = await bob.caller();
  for (const { runId, containerId } of (await caller.batches.get({ id: batchId })).items) {
    await finishRun(api, runId, "failed");
    await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "deleted", vmid: null } });
  }
  await ofProject({ containers: 2 });
  const again = await caller.batches.retryFailed({ id: batchId, requestKey: randomUUID() });
  expect(again).toMatchObject({ done: 2, refused: [{ hostname: "many-3" }] });
  expect(again.refused[0]?.reason).toContain("nothing of it is left");
});

test("an edit of what failed is held to them as well, and counts from the decision on", async () => {
  await ofProject({ cores: 4 });
  const { containerId, runId } = await create(bob, "edited");
  const fail = async (attempt: number) => {
    await api.db.run.update({ where: { id: runId }, data: { state: "awaiting_decision" } });
    await api.db.runStep.updateMany({ where: { runId, name: "create" }, data: { state: "failed", attempt } });
  };
  await fail(1);
  const edit = async (spec: { cores?: number; hostname?: string; unprivileged?: boolean }) =>
    (await bob.caller()).runs.decide({ id: runId, decision: "retry", requestKey: randomUUID(), edit: { spec } });
  expect((await refusal(edit({ cores: 5 }))).fields).toMatchObject({
    "edit.spec.cores": expect.stringContaining("4 cores are left, and this takes 5 cores") as string,
  });
  await limit({ privileged: false });
  expect((await refusal(edit({ unprivileged: false }))).fields).toHaveProperty(["edit.spec.unprivileged"]);
  await edit({ cores: 3 });
  const spec = StoredSpec.parse((await api.db.container.findUniqueOrThrow({ where: { id: containerId } })).spec);
  expect(spec.cores).toBe(1);
  expect((await taken()).cores).toBe(3);
  expect((await refusal(create(ada, "beside", { cores: 2 }))).message).toContain("1 core is left");
  // What does not grow is not held to a quota that is lower by now.
  await api.db.container.update({ where: { id: containerId }, data: { spec: { ...spec, cores: 3 } } });
  await ofProject({ cores: 1 });
  await fail(2);
  await edit({ hostname: "renamed" });
});

test("who edits the node owner's failed create is held to the share; on a node that is shared no more nothing is moved or made larger", async () => {
  const { runId } = await create(ada, "owners");
  let attempt = 0;
  const edit = async (by: TestPerson, spec: SpecEdit) => {
    attempt += 1;
    await api.db.run.update({ where: { id: runId }, data: { state: "awaiting_decision" } });
    await api.db.runStep.updateMany({ where: { runId, name: "create" }, data: { state: "failed", attempt } });
    return refusal(
      (await by.caller()).runs.decide({ id: runId, decision: "retry", requestKey: randomUUID(), edit: { spec } }),
    );
  };
  await limit({ privileged: false, storages: ["tank"], quota: { ...noQuota, cores: 2 } });
  expect((await edit(bob, { unprivileged: false })).message).toContain("unprivileged containers only");
  expect((await edit(bob, { cores: 8 })).message).toContain("This project may use pve for 2 cores at most");
  const unshare = async () => (await ada.caller()).nodes.unshare({ id: nodeId, projectId: ada.projectId });
  await unshare();
  const moved: SpecEdit[] = [
    ...[{ unprivileged: false }, { cores: 2 }, { vmid: 700 }, { diskGib: 5 }],
    ...[
      { vlan: 7 },
      { nesting: false },
      { swapMib: 64 },
      { network: { mode: "static" as const, address: "10.9.9.9/24", gateway: "" } },
    ],
  ];
  for (const spec of moved)
    expect([spec, (await edit(bob, spec)).message]).toEqual([
      spec,
      expect.stringContaining("pve is not shared into this project any more"),
    ]);
  const same: SpecEdit = { storage: "local-lvm", bridge: "vmbr0", network: { mode: "dhcp" }, vlan: null };
  expect((await edit(bob, { ...same, hostname: "smaller", memoryMib: 256 })).code).toBe("accepted");
  expect((await edit(ada, { cores: 8, unprivileged: false })).code).toBe("accepted");
  await (await ada.caller()).nodes.share({ id: nodeId, projectId: ada.projectId });
});

test("who creates sees what is left before: in the form, and in the plan", async () => {
  await ofProject({ cores: 2 });
  await limit({ storages: ["tank"], quota: { ...noQuota, containers: 5 } });
  const caller = await bob.caller();
  const { projectId } = ada;
  expect(await caller.quotas.room({ projectId, nodeId })).toMatchObject({
    share: { node: "pve", limits: { storages: ["tank"] } },
    quotas: [
      { of: "share", name: "pve", quota: { containers: 5 }, used: { containers: 0 } },
      { of: "project", name: "default", quota: { cores: 2 }, used: { cores: 0 } },
    ],
  });
  expect((await caller.nodes.inventory({ id: nodeId, projectId }))?.storages).toMatchObject([{ forContainers: false }]);
  expect(await (await ada.caller()).quotas.room({ projectId, nodeId })).toMatchObject({ share: null });
  const { requestKey: _, ...asked } = input("planned", { cores: 3 });
  expect((await refusal(caller.containers.plan(asked))).message).toBe(
    "This project may use tank of pve. The node's owner can change this.",
  );
  await limit({ vmidFrom: 500, vmidTo: 599 });
  expect(await caller.containers.plan(asked)).toMatchObject({
    quotas: [{ of: "project" }],
    noRoom: expect.stringContaining("2 cores are left, and this takes 3 cores") as string,
  });
  await api.db.nodeObservation.create({ data: { nodeId, seenAt: api.clock.now } });
  expect(await caller.nodes.nextVmid({ nodeId, projectId })).toEqual({ vmid: 500, range: { from: 500, to: 599 } });
});

test("two who change different amounts of one quota at once both do; a part that is not sent stays", async () => {
  await ofProject({ cores: 8 });
  const owner = await ada.caller();
  const { projectId } = ada;
  await Promise.all([
    owner.quotas.setProject({ projectId, quota: { containers: 3 } }),
    owner.quotas.setProject({ projectId, quota: { cores: 9 } }),
  ]);
  expect((await owner.quotas.project({ projectId })).quota).toEqual({ ...noQuota, containers: 3, cores: 9 });
  await owner.quotas.setProject({ projectId, quota: { containers: null, cores: null } });
  expect(await api.db.quota.count()).toBe(0);
});

test("whoever edits another person's failed create is not told what that person may have", async () => {
  const { runId } = await create(bob, "whose");
  await (await ada.caller()).people.setQuota({ id: bob.id, quota: { ...noQuota, cores: 7 } });
  await api.db.run.update({ where: { id: runId }, data: { state: "awaiting_decision" } });
  await api.db.runStep.updateMany({ where: { runId, name: "create" }, data: { state: "failed" } });
  const edit = async (by: TestPerson) =>
    (await by.caller()).runs.decide({
      id: runId,
      decision: "retry",
      requestKey: randomUUID(),
      edit: { spec: { cores: 9 } },
    });
  expect((await refusal(edit(bob))).message).toContain("Bob may have created 7 cores at most");
  const { message, fields } = await refusal(edit(ada));
  expect(message).toBe(
    "This takes more cores than whose container it is may have. Who set this Homeport up can change this.",
  );
  expect(JSON.stringify(fields)).not.toContain("7");
});

test("who is held to a quota does not raise it, and a stranger learns of none", async () => {
  const { projectId } = ada;
  await api.db.projectMember.updateMany({ where: { projectId, userId: bob.id }, data: { role: "ADMIN" } });
  const caller = await bob.caller();
  expect((await refusal(caller.quotas.setProject({ projectId, quota: noQuota }))).code).toBe("not_found");
  expect((await refusal(caller.quotas.setOrganization({ organizationId, quota: noQuota }))).code).toBe("not_found");
  expect((await refusal(caller.people.setQuota({ id: bob.id, quota: noQuota }))).code).toBe("forbidden");
  expect((await refusal(caller.nodes.limitShare({ id: nodeId, projectId, limits: firstLimits }))).code).toBe(
    "not_found",
  );
  await api.db.organizationMember.create({ data: { organizationId, userId: bob.id, role: "ADMIN" } });
  await (await bob.caller()).quotas.setProject({ projectId, quota: { ...noQuota, cores: 8 } });
  expect((await refusal((await bob.caller()).quotas.setOrganization({ organizationId, quota: noQuota }))).code).toBe(
    "forbidden",
  );
  const lines = await api.db.auditLog.findMany({
    where: { action: "project.limit", actorId: bob.id },
    select: { details: true },
  });
  expect(lines).toEqual([{ details: { cores: "no limit → 8" } }]);
});
