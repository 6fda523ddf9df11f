// A node is private; shared into a project it can be used there, and stays its owner's in everything else.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  batchInput,
  containerInput,
  finishRun,
  nodeInput,
  onlineNode,
  person,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../../testing/fixture";
import { refusal } from "../../testing/refusal";

let api: TestApi;
let ada: TestPerson;
let bob: TestPerson;
let viewer: TestPerson;
let nodeId: string;
let revisionId: string;

beforeAll(async () => {
  api = await startApi();
  [ada, bob, viewer] = [await person(api, "Ada"), await person(api, "Bob"), await person(api, "Viewer")];
  [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
  await api.db.projectMember.createMany({
    data: [
      { projectId: ada.projectId, userId: bob.id, role: "OPERATOR", inheritedFromOrg: false },
      { projectId: ada.projectId, userId: viewer.id, role: "VIEWER", inheritedFromOrg: false },
    ],
  });
});
afterAll(() => api.close());

const share = async (by = ada, projectId = ada.projectId) => (await by.caller()).nodes.share({ id: nodeId, projectId });
const unshare = async () => (await ada.caller()).nodes.unshare({ id: nodeId, projectId: ada.projectId });
const create = async (by: TestPerson, hostname: string, projectId = ada.projectId) =>
  (await by.caller()).containers.create({ ...containerInput(nodeId, revisionId, hostname), projectId });

test("a node is private: the other members of its owner's project can neither use nor see it", async () => {
  const caller = await bob.caller();
  expect(await caller.nodes.usable({ projectId: ada.projectId })).toEqual([]);
  expect((await refusal(create(bob, "private"))).code).toBe("not_found");
  expect((await refusal(caller.nodes.inventory({ id: nodeId, projectId: ada.projectId }))).code).toBe("not_found");
});

test("shared, it can be used in that project by whoever may create there, and by nobody elsewhere", async () => {
  await share();
  await share(); // the second click changes nothing
  const caller = await bob.caller();
  expect(await caller.nodes.usable({ projectId: ada.projectId })).toEqual([
    {
      id: nodeId,
      name: "pve",
      state: "online",
      pveVersion: null,
      hasSsh: true,
      isDefault: false,
      own: false,
      owner: { name: "Ada" },
      host: null,
      stateReason: null,
      usage: null,
    },
  ]);
  expect(await caller.nodes.inventory({ id: nodeId, projectId: ada.projectId })).toMatchObject({
    bridges: [{ name: "vmbr0" }],
  });
  // What its limits leave out is for its owner alone.
  expect((await refusal(caller.nodes.inventory({ id: nodeId }))).code).toBe("not_found");
  const { containerId, runId } = await create(bob, "by-bob");
  await finishRun(api, runId);
  expect(await caller.containers.get({ id: containerId })).toMatchObject({ node: { id: nodeId, name: "pve" } });
  expect(await api.db.container.findUniqueOrThrow({ where: { id: containerId }, select: { projectId: true } })).toEqual(
    { projectId: ada.projectId },
  );
  // What is held there, in whichever project, is known to whoever may make something beside it.
  const held = async (by: TestPerson, projectId: string) => (await by.caller()).nodes.held({ nodeId, projectId });
  expect((await held(bob, ada.projectId)).map(({ hostname }) => hostname)).toEqual(["by-bob"]);
  expect((await refusal(held(viewer, ada.projectId))).code).toBe("forbidden");
  expect((await refusal(held(bob, bob.projectId))).code).toBe("not_found");
  // Not in a project of his own, and not by somebody who may only look.
  expect((await refusal(create(bob, "elsewhere", bob.projectId))).code).toBe("not_found");
  expect((await refusal(create(viewer, "viewed"))).code).toBe("forbidden");
  expect(await caller.nodes.usable({ projectId: bob.projectId })).toEqual([]);
  expect(await caller.nodes.list()).toEqual([]);
  const lines = await api.db.auditLog.findMany({
    where: { action: "node.share" },
    select: { projectId: true, targetId: true },
  });
  expect(lines).toEqual([{ projectId: ada.projectId, targetId: nodeId }]);
});

test("its settings, secrets, checks, shares and its removal stay with its owner", async () => {
  const caller = await bob.caller();
  const refused = [
    caller.nodes.get({ id: nodeId }),
    caller.nodes.update({ ...nodeInput("mine"), id: nodeId }),
    caller.nodes.probe({ id: nodeId }),
    caller.nodes.setDefault({ id: nodeId }),
    caller.nodes.destroy({ id: nodeId }),
    caller.nodes.shares({ id: nodeId }),
    caller.nodes.share({ id: nodeId, projectId: bob.projectId }),
    caller.nodes.unshare({ id: nodeId, projectId: ada.projectId }),
  ];
  const codes = (await Promise.all(refused.map(refusal))).map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(["not_found"]));
  expect(await (await ada.caller()).nodes.shares({ id: nodeId })).toMatchObject([{ project: { id: ada.projectId } }]);
});

test("it is shared only into a project in which its owner may create", async () => {
  expect((await refusal(share(ada, bob.projectId))).code).toBe("not_found");
  await api.db.projectMember.create({
    data: { projectId: bob.projectId, userId: ada.id, role: "VIEWER", inheritedFromOrg: false },
  });
  expect((await refusal(share(ada, bob.projectId))).code).toBe("forbidden");
});

test("unshared, its containers there stay and are worked on; new ones are refused", async () => {
  const caller = await bob.caller();
  const { batchId } = await caller.batches.create({
    ...batchInput(nodeId, revisionId, "kept-{1..2}"),
    projectId: ada.projectId,
  });
  const { items } = await caller.batches.get({ id: batchId });
  for (const { runId, containerId } of items) {
    await finishRun(api, runId, "failed");
    await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "deleted", vmid: null } });
  }
  const [kept] = await caller.containers.list({ projectId: ada.projectId });
  await api.db.container.update({ where: { id: kept?.id ?? "" }, data: { lifecycle: "ready", vmid: 100 } });
  await unshare();
  await unshare();
  expect(await caller.nodes.usable({ projectId: ada.projectId })).toEqual([]);
  expect((await refusal(create(bob, "too-late"))).code).toBe("not_found");
  expect((await refusal(caller.batches.retryFailed({ id: batchId, requestKey: randomUUID() }))).message).toBe(
    "The node is not shared into this project any more.",
  );
  expect(await caller.containers.get({ id: kept?.id ?? "" })).toMatchObject({ hostname: "by-bob" });
  const { runId } = await caller.containers.destroy({ id: kept?.id ?? "", requestKey: randomUUID() });
  expect(await caller.runs.get({ id: runId })).toMatchObject({ kind: "destroy", node: { id: nodeId } });
  await finishRun(api, runId);
  // Its owner uses it as before.
  expect(await create(ada, "by-ada")).toMatchObject({ runId: expect.any(String) as string });
});

test("a node that is removed is shared no more; its records stay", async () => {
  const other = await onlineNode(api, ada, "second");
  const caller = await ada.caller();
  await caller.nodes.share({ id: other, projectId: ada.projectId });
  await caller.nodes.destroy({ id: other });
  expect(await api.db.projectNode.count({ where: { nodeId: other } })).toBe(0);
  expect((await (await bob.caller()).nodes.usable({ projectId: ada.projectId })).map(({ id }) => id)).toEqual([]);
});
