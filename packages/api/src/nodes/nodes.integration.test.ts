// A person's nodes: the default among them, their secrets, their pins, and what keeps them from being deleted.
import { randomUUID } from "node:crypto";
import { subjectColumns } from "@homeport/records/subject-columns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContext, memberContext } from "../context";
import { readRunLog } from "../run-log";
import {
  nodeInput,
  onlineNode,
  person,
  readyContainer,
  SECRETS,
  startApi,
  template,
  tested,
  type TestApi,
} from "../testing/fixture";
import { refusal, someText, textWith } from "../testing/refusal";

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

test("the first node becomes the default, the next does not, and there is one whatever is clicked", async () => {
  const ada = await person(api, "Default");
  const caller = await ada.caller();
  const ids = await Promise.all(["a", "b", "c"].map((name) => onlineNode(api, ada, name)));
  const defaults = async () => (await caller.nodes.list()).filter(({ isDefault }) => isDefault).map(({ id }) => id);
  expect(await defaults()).toHaveLength(1);
  await Promise.all(ids.map((id) => caller.nodes.setDefault({ id })));
  expect(await defaults()).toHaveLength(1);
  await caller.nodes.setDefault({ id: ids[1] ?? "" });
  expect(await defaults()).toEqual([ids[1]]);
  await caller.nodes.destroy({ id: ids[1] ?? "" });
  expect(await defaults()).toHaveLength(1);
});

test("a second node of the same name is refused at its field", async () => {
  const ada = await person(api, "Names");
  const caller = await ada.caller();
  await onlineNode(api, ada, "pve");
  expect(await refusal(caller.nodes.create(nodeInput("pve")))).toMatchObject({
    code: "conflict",
    fields: { name: someText },
  });
});

test("one account has so many nodes, and so many of them are checked at once", async () => {
  const ada = await person(api, "Caps");
  const caller = await ada.caller();
  const id = await onlineNode(api, ada, "first");
  const { tokenSecret, userId } = await api.db.proxmoxNode.findUniqueOrThrow({ where: { id } });
  const more = (count: number, name: string, probing: boolean) =>
    api.db.proxmoxNode.createMany({
      data: Array.from({ length: count }, (_, index) => ({
        userId,
        name: `${name} ${index}`,
        host: "192.0.2.1",
        tokenId: "root@pam!x",
        tokenSecret,
        probing,
      })),
    });
  await more(9, "checked", true);
  await caller.nodes.probe({ id }); // it is among the ten itself
  const reported = await refusal(caller.nodes.create(nodeInput("eleventh")));
  expect(reported).toMatchObject({ code: "too_many_requests", message: textWith("of your nodes are being checked") });
  await api.db.proxmoxNode.updateMany({ where: { userId }, data: { probing: false } });
  await more(90, "kept", false);
  expect(await refusal(caller.nodes.create(nodeInput("one too many")))).toMatchObject({
    code: "conflict",
    message: textWith("nodes already, which is the most"),
  });
  expect((await caller.nodes.list()).length).toBe(100);
});

test("secrets are sealed for their row, and no answer holds them", async () => {
  const caller = await (await person(api, "Sealed")).caller();
  const { id } = await caller.nodes.create(nodeInput("pve"));
  const row = await api.db.proxmoxNode.findUniqueOrThrow({ where: { id } });
  expect(api.vault.open({ table: "ProxmoxNode", row: id, column: "tokenSecret" }, row.tokenSecret)).toBe(SECRETS.token);
  expect(api.vault.open({ table: "ProxmoxNode", row: id, column: "sshPassword" }, row.sshPassword ?? "")).toBe(
    SECRETS.ssh,
  );
  expect(await caller.nodes.get({ id })).toMatchObject({
    hasSshPassword: true,
    hasSshPrivateKey: false,
    state: "unverified",
    probing: true,
    isDefault: false,
  });
});

test("adding a node starts its probe; with the engine away the node is kept and says so", async () => {
  const caller = await (await person(api, "Probe")).caller();
  const { id } = await caller.nodes.create(nodeInput("one"));
  expect(api.engine.asked).toContain(`probe ${id}`);
  api.engine.away = true;
  const { id: other } = await caller.nodes.create(nodeInput("two"));
  const reported = await refusal(caller.nodes.probe({ id: other }));
  api.engine.away = false;
  expect(reported.code).toBe("unavailable");
  expect(reported.message).not.toContain("7233");
  expect(await caller.nodes.get({ id: other })).toMatchObject({
    probing: false,
    stateReason: { why: "check_not_begun" },
  });
});

test("only what was shown can be pinned", async () => {
  const caller = await (await person(api, "Pins")).caller();
  const { id } = await caller.nodes.create(nodeInput("pve"));
  expect((await refusal(caller.nodes.confirm({ id, tlsFingerprint: "AA", sshHostKey: null }))).message).toContain(
    "nothing to confirm",
  );
  await api.db.proxmoxNode.update({ where: { id }, data: { seenTlsFingerprint: "BB", seenSshHostKey: "SHA256:x" } });
  expect((await refusal(caller.nodes.confirm({ id, tlsFingerprint: "AA", sshHostKey: "SHA256:x" }))).code).toBe(
    "conflict",
  );
  expect((await refusal(caller.nodes.confirm({ id, tlsFingerprint: "BB", sshHostKey: "SHA256:y" }))).code).toBe(
    "conflict",
  );
  await caller.nodes.confirm({ id, tlsFingerprint: "BB", sshHostKey: "SHA256:x" });
  expect(await caller.nodes.get({ id })).toMatchObject({
    tlsFingerprint: "BB",
    sshHostKey: "SHA256:x",
    state: "needs_attention",
    probing: true,
  });
  const { items } = await caller.activity.list({ action: "node.confirm" });
  expect(items).toMatchObject([{ targetId: id, details: { tlsFingerprint: "BB", previousTlsFingerprint: null } }]);
});

test("a node that moves loses its pins, and its secrets do not follow it unless typed again", async () => {
  const ada = await person(api, "Moves");
  const caller = await ada.caller();
  const id = await onlineNode(api, ada, "pve");
  const { tokenSecret, sshPassword, ...place } = nodeInput("pve");
  const reported = await refusal(caller.nodes.update({ ...place, id, host: "203.0.113.66" }));
  expect(reported).toMatchObject({ code: "invalid", fields: { tokenSecret: someText, sshPassword: someText } });
  expect((await refusal(caller.nodes.update({ ...place, id, sshPort: 2222 }))).fields).toEqual({
    sshPassword: someText,
  });
  const { id: port } = await caller.nodes.update({
    ...place,
    id,
    sshPort: 2222,
    ...(sshPassword === undefined ? {} : { sshPassword }),
  });
  expect(await caller.nodes.get({ id: port })).toMatchObject({
    replacesId: id,
    state: "unverified",
    tlsFingerprint: "AA:BB",
    sshHostKey: null,
  });
  const { id: moved } = await caller.nodes.update({
    ...place,
    id,
    host: "192.168.1.11",
    tokenSecret,
    ...(sshPassword === undefined ? {} : { sshPassword }),
  });
  expect(await caller.nodes.get({ id: moved })).toMatchObject({
    replacesId: id,
    host: "192.168.1.11",
    state: "unverified",
    tlsFingerprint: null,
    sshHostKey: null,
  });
  expect(await caller.nodes.get({ id })).toMatchObject({
    host: "192.168.1.10",
    state: "online",
    tlsFingerprint: "AA:BB",
    sshHostKey: "SHA256:abc",
  });
});

test("an edit without secrets keeps them, pins included; an emptied SSH user forgets both", async () => {
  const ada = await person(api, "Edits");
  const caller = await ada.caller();
  const id = await onlineNode(api, ada, "pve");
  const { tokenSecret: _token, sshPassword: _password, ...place } = nodeInput("renamed");
  await caller.nodes.update({ ...place, id });
  expect(await caller.nodes.get({ id })).toMatchObject({
    name: "renamed",
    hasSshPassword: true,
    tlsFingerprint: "AA:BB",
    sshHostKey: "SHA256:abc",
    state: "online",
  });
  const { id: draft } = await caller.nodes.update({ ...place, id, sshUser: "" });
  await api.db.proxmoxNode.update({
    where: { id: draft },
    data: { report: { lines: [] }, state: "online", probing: false },
  });
  expect(await caller.nodes.save({ id: draft })).toEqual({ id });
  expect(await caller.nodes.get({ id })).toMatchObject({ sshUser: null, hasSshPassword: false, sshHostKey: null });
});

test.each([{ host: "127.0.0.1" }, { host: "169.254.169.254" }, { host: "localhost" }, { host: "2130706433" }])(
  "a node cannot be at %o",
  async ({ host }) => {
    const caller = await (await person(api, "Places")).caller();
    expect(await refusal(caller.nodes.create({ ...nodeInput("pve"), host }))).toMatchObject({
      code: "invalid",
      fields: { host: someText },
    });
  },
);

test("a name that resolves to this machine is refused like its address", async () => {
  const caller = await (await person(api, "Resolves")).caller();
  const { resolve } = api.deps;
  api.deps.resolve = () => Promise.resolve(["10.0.0.1", "127.0.0.1"]);
  const again = await (await person(api, "Resolves")).caller();
  expect((await refusal(again.nodes.create({ ...nodeInput("pve"), host: "rebind.example.com" }))).code).toBe("invalid");
  api.deps.resolve = resolve;
  expect(await caller.nodes.list()).toEqual([]);
});

test("a node with containers stays; when its last one is deleted it can be removed, and what was done there stays readable", async () => {
  const ada = await person(api, "Holds");
  const caller = await ada.caller();
  const nodeId = await onlineNode(api, ada, "pve");
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: await template(api),
    hostname: "web",
    vmid: 100,
  });
  expect((await refusal(caller.nodes.destroy({ id: nodeId }))).message).toContain("1 container");
  await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "deleted" } });
  const run = await api.db.run.create({
    data: {
      kind: "destroy",
      state: "running",
      ...subjectColumns({ type: "container", id: containerId }),
      projectId: ada.projectId,
      nodeId,
      userId: ada.id,
      requestKey: randomUUID(),
      steps: { create: { name: "destroy", title: "Destroy", position: 0 } },
    },
    include: { steps: true },
  });
  await api.db.runLog.create({
    data: {
      runId: run.id,
      stepId: run.steps[0]?.id ?? "",
      attempt: 1,
      stream: "output",
      byteOffset: 0n,
      text: "kept\n",
    },
  });
  expect((await refusal(caller.nodes.destroy({ id: nodeId }))).message).toContain("A run on it is not finished.");
  await api.db.run.update({ where: { id: run.id }, data: { state: "done", endedAt: new Date() } });

  await caller.nodes.destroy({ id: nodeId });

  expect(await caller.nodes.list()).toEqual([]);
  for (const gone of [
    () => caller.nodes.get({ id: nodeId }),
    () => caller.nodes.probe({ id: nodeId }),
    () => caller.nodes.setDefault({ id: nodeId }),
    () => caller.nodes.destroy({ id: nodeId }),
  ])
    expect((await refusal(gone())).code).toBe("not_found");
  expect(await api.db.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId } })).toMatchObject({
    tokenSecret: "",
    sshPassword: null,
    sshPrivateKey: null,
    tlsFingerprint: "AA:BB",
    sshHostKey: "SHA256:abc",
  });
  expect(
    (await caller.containers.list({ projectId: ada.projectId, includeDeleted: true })).map(({ hostname }) => hostname),
  ).toEqual(["web"]);
  expect(await caller.runs.get({ id: run.id })).toMatchObject({ id: run.id, state: "done" });
  const member = memberContext(
    await createContext({ req: { headers: new Headers({ cookie: ada.jar.cookie }) }, deps: api.deps }),
  );
  expect((await (member && readRunLog(member, { runId: run.id }).next()))?.value).toContain("== Destroy");
  await onlineNode(api, ada, "pve");
  expect((await caller.nodes.list()).map(({ isDefault }) => isDefault)).toEqual([true]);
});

test("a VMID is free, reserved or somebody's, and says whose; the hint steps around all", async () => {
  const ada = await person(api, "Vmids");
  const caller = await ada.caller();
  const nodeId = await onlineNode(api, ada, "pve");
  expect(await caller.nodes.nextVmid({ nodeId })).toBeNull();
  await readyContainer(api, ada, { nodeId, templateRevisionId: await template(api), hostname: "web", vmid: 100 });
  await api.db.guestObservation.create({
    data: { nodeId, vmid: 101, kind: "qemu", name: "win11", status: "running", seenAt: api.clock.now },
  });
  await api.db.nodeObservation.create({ data: { nodeId, seenAt: api.clock.now } });
  api.engine.holders.set(102, "the container thief");
  expect(await caller.nodes.vmid({ nodeId, vmid: 102 })).toEqual({
    free: false,
    holder: "the container thief",
    seenAt: null,
  });
  expect(await caller.nodes.vmid({ nodeId, vmid: 103 })).toEqual({ free: true, seenAt: null });
  // While the node cannot be asked, what was seen there last is said, and when.
  api.engine.away = true;
  const seenAt = api.clock.now;
  const answers = await Promise.all([100, 101, 102].map((vmid) => caller.nodes.vmid({ nodeId, vmid }))).finally(() => {
    api.engine.away = false;
  });
  expect(answers).toEqual([
    { free: false, holder: "the container web", seenAt },
    { free: false, holder: "the virtual machine win11", seenAt },
    { free: true, seenAt },
  ]);
  // Who asks more often than anybody types is answered with that as well, and the node is left in peace.
  const questions = api.engine.asked.length;
  await api.db.rateLimit.updateMany({
    where: { key: `vmid:account:${ada.id}` },
    data: { tokens: 0, refilledAt: seenAt },
  });
  expect(await caller.nodes.vmid({ nodeId, vmid: 103 })).toEqual({ free: true, seenAt });
  expect(api.engine.asked).toHaveLength(questions);
  expect(await caller.nodes.nextVmid({ nodeId })).toEqual({ vmid: 102, range: null });
});

test("limits are set with the node, kept by an edit that does not name them, and the hint stays in the range", async () => {
  const ada = await person(api, "Limits");
  const caller = await ada.caller();
  const { tokenSecret: _token, sshPassword: _password, ...place } = nodeInput("pve");
  const { id } = await caller.nodes.create({ ...nodeInput("pve"), vmidFrom: 200, vmidTo: 201, createsAtOnce: 3 });
  await tested(api, id);
  await caller.nodes.save({ id });
  expect(await caller.nodes.get({ id })).toMatchObject({
    vmidFrom: 200,
    vmidTo: 201,
    createsAtOnce: 3,
    tasksAtOnce: 4,
  });
  await caller.nodes.update({ ...place, id, tasksAtOnce: 8 });
  expect(await caller.nodes.get({ id })).toMatchObject({
    vmidFrom: 200,
    vmidTo: 201,
    createsAtOnce: 3,
    tasksAtOnce: 8,
  });
  expect((await refusal(caller.nodes.update({ ...place, id, vmidFrom: 300, vmidTo: 200 }))).fields).toEqual({
    vmidTo: someText,
  });

  await api.db.nodeObservation.create({ data: { nodeId: id, seenAt: api.clock.now } });
  const seen = (vmid: number) =>
    api.db.guestObservation.create({
      data: { nodeId: id, vmid, kind: "lxc", status: "running", seenAt: api.clock.now },
    });
  await seen(200);
  expect(await caller.nodes.nextVmid({ nodeId: id })).toEqual({ vmid: 201, range: { from: 200, to: 201 } });
  await seen(201);
  expect(await caller.nodes.nextVmid({ nodeId: id })).toBeNull();
  await caller.nodes.update({ ...place, id, vmidFrom: null, vmidTo: null });
  expect(await caller.nodes.get({ id })).toMatchObject({ vmidFrom: null, vmidTo: null });
});

test("an id that never was is not found", async () => {
  expect((await refusal((await (await person(api, "None")).caller()).nodes.get({ id: randomUUID() }))).code).toBe(
    "not_found",
  );
});
