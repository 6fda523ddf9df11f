// Containers: made once however often it is clicked, operated by one state table, shown as their node says.
import { randomUUID } from "node:crypto";
import { guestSignature } from "@homeport/domain/container/guest-ownership";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  batchInput,
  containerInput,
  finishRun,
  onlineNode,
  person,
  readyContainer,
  SECRETS,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal, someText, textWith } from "../testing/refusal";

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

const sent = (host: string) => containerInput(nodeId, revisionId, host);
const auditLines = (targetId: string) => api.db.auditLog.findMany({ where: { targetId }, select: { action: true } });

test("a create makes container, run, steps and one audit line, and starts the run", async () => {
  const caller = await ada.caller();
  const { containerId, runId } = await caller.containers.create(sent("first"));
  const run = await caller.runs.get({ id: runId });
  expect(run).toMatchObject({
    kind: "provision",
    state: "queued",
    container: { id: containerId, hostname: "first" },
    template: { title: "Web server" },
    expectedSeconds: 60,
    input: { hostname: "first" },
  });
  expect(run.steps.map(({ name, position, kind }) => [name, position, kind])).toEqual([
    ["plan", 1, "plan"],
    ["reserve", 2, "reserve"],
    ["image", 3, "image"],
    ["create", 4, "create"],
    ["start", 5, "start"],
    ["ready", 6, "ready"],
    ["packages", 7, "packages"],
    ["script-configure", 8, "script"],
    ["discover", 9, "discover"],
    ["finish", 10, "finish"],
  ]);
  expect(run.temporalUrl).toBe(`http://127.0.0.1:8233/namespaces/default/workflows/create-first-${runId.slice(-8)}`);
  expect(api.engine.asked).toContain(`start ${runId}`);
  expect(await auditLines(containerId)).toEqual([{ action: "container.create" }]);
  expect(await caller.containers.get({ id: containerId })).toMatchObject({
    state: "waiting",
    activeRun: { id: runId, step: { title: "Check the plan", position: 1, total: 10 } },
    createdBy: { name: "Ada" },
  });
});

test("twenty clicks that arrive at once start one run", async () => {
  const click = sent("clicked");
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => (await ada.caller()).containers.create(click)),
  );
  expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1);
  expect(await api.db.run.count({ where: { requestKey: click.requestKey } })).toBe(1);
  expect(await api.db.container.count({ where: { hostname: "clicked" } })).toBe(1);
  expect(await auditLines(answers[0]?.containerId ?? "")).toHaveLength(1);
});

test("one key and another content, as from a duplicated tab: refused with what exists, and nothing is made", async () => {
  const click = sent("first-tab");
  const { runId } = await (await ada.caller()).containers.create(click);
  const other = await refusal((await ada.caller()).containers.create({ ...click, hostname: "second-tab" }));
  expect(other).toMatchObject({
    code: "conflict",
    message: textWith("“Create first-tab” was asked for with this request already"),
    exists: { type: "run", id: runId, name: "Create first-tab" },
  });
  expect(await refusal((await ada.caller()).containers.create({ ...click, cores: 2 }))).toMatchObject({
    exists: { id: runId },
  });
  expect(
    await refusal(
      (await ada.caller()).batches.create({
        ...batchInput(nodeId, revisionId, "as-batch-{1..2}"),
        requestKey: click.requestKey,
      }),
    ),
  ).toMatchObject({ exists: { id: runId } });
  expect(await api.db.container.count({ where: { hostname: { in: ["second-tab", "as-batch-1"] } } })).toBe(0);
  // The same request, whatever order its keys have and whatever plan the page has seen since.
  const reversed: unknown = Object.fromEntries(Object.entries(click).reverse());
  expect(
    await (await ada.caller()).containers.create({ ...(reversed as typeof click), planHash: "0".repeat(64) }),
  ).toMatchObject({ runId });
});

test("two contents under one key at once, on two nodes: one is made, the other is refused", async () => {
  const elsewhere = await onlineNode(api, ada, "elsewhere");
  const requestKey = randomUUID();
  const answers = await Promise.all(
    [nodeId, elsewhere].map(async (at) =>
      refusal((await ada.caller()).containers.create({ ...containerInput(at, revisionId, "two-nodes"), requestKey })),
    ),
  );
  expect(answers.map(({ code }) => code).sort()).toEqual(["accepted", "conflict"]);
  expect(await api.db.container.count({ where: { hostname: "two-nodes" } })).toBe(1);
});

test("a key is its person's: another one's request under it is their first", async () => {
  const click = sent("of-ada");
  await (await ada.caller()).containers.create(click);
  const bob = await person(api, "Bob");
  const place = await onlineNode(api, bob, "pve");
  expect(
    await refusal(
      (await bob.caller()).containers.create({
        ...click,
        projectId: bob.projectId,
        nodeId: place,
        hostname: "of-bob",
      }),
    ),
  ).toMatchObject({ code: "accepted" });
});

test("fifty people at once who type the same VMID: one has it, the others are told at its field", async () => {
  const reported = await Promise.all(
    Array.from({ length: 50 }, async (_, i) =>
      refusal((await ada.caller()).containers.create({ ...sent(`race-${i}`), vmid: 4_242 })),
    ),
  );
  expect(reported.filter(({ code }) => code === "accepted")).toHaveLength(1);
  expect(reported.filter(({ code, fields }) => code === "conflict" && fields?.vmid !== undefined)).toHaveLength(49);
});

test("with the engine away the click is not lost: the run stays queued", async () => {
  api.engine.away = true;
  const { runId } = await (await ada.caller()).containers.create(sent("later")).finally(() => {
    api.engine.away = false;
  });
  expect(await api.db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    state: "queued",
    dispatchedAt: null,
  });
});

test("a second container of a name on one node is refused at its field", async () => {
  await (await ada.caller()).containers.create(sent("same"));
  expect(await refusal((await ada.caller()).containers.create(sent("SAME")))).toMatchObject({
    code: "conflict",
    fields: { hostname: someText },
  });
});

test.each([
  [{ storage: "nowhere" }, "storage"],
  [{ bridge: "vmbr9" }, "bridge"],
  [{ osTemplate: "local:vztmpl/other.tar.zst" }, "osTemplate"],
  [{ scriptsOff: ["configure"] }, "scriptsOff"],
  [{ hostname: "-bad" }, "hostname"],
])("%o is refused at its field, while the engine is away too", async (change, field) => {
  api.engine.away = true;
  expect(
    (
      await refusal((await ada.caller()).containers.create({ ...sent("refused"), ...change })).finally(() => {
        api.engine.away = false;
      })
    ).fields,
  ).toHaveProperty(field);
});

test("an address that another container on the same bridge holds is refused at its field; in another VLAN it is free", async () => {
  const asked = (hostname: string, bridge: string) => ({
    ...containerInput(nodeId, revisionId, hostname),
    bridge,
    network: { mode: "none" as const, ipv6: { mode: "static" as const, address: "2001:DB8:57::5/64" } },
  });
  const caller = await ada.caller();
  await caller.containers.create(asked("six-1", "vmbr0"));
  expect(await refusal(caller.containers.create({ ...asked("six-2", "vmbr0"), vlan: null }))).toMatchObject({
    code: "conflict",
    fields: { "network.ipv6.address": "2001:db8:57::5 is the address of six-1." },
  });
  expect((await caller.containers.create({ ...asked("six-3", "vmbr0"), vlan: 7 })).runId).toBeDefined();
});

test("on a node that is not in order nothing is created, and the reason is the node's", async () => {
  const bad = await onlineNode(api, ada, "bad");
  await api.db.proxmoxNode.update({ where: { id: bad }, data: { state: "key_changed" } });
  expect(await refusal((await ada.caller()).containers.create(containerInput(bad, revisionId, "never")))).toMatchObject(
    { code: "conflict", fields: { nodeId: textWith("changed") } },
  );
});

test("an operation is refused by the state table, in its words", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "operated",
    vmid: 300,
  });
  const caller = await ada.caller();
  expect((await refusal(caller.containers.start({ id: containerId, requestKey: randomUUID() }))).message).toBe(
    "Only a stopped container can be started.",
  );
  const { runId } = await caller.containers.stop({ id: containerId, requestKey: randomUUID() });
  expect((await caller.runs.get({ id: runId })).steps.map(({ name }) => name)).toEqual(["stop"]);
  expect((await refusal(caller.containers.stop({ id: containerId, requestKey: randomUUID() }))).code).toBe("conflict");
});

test("of ten different operations at once one begins; the same click again answers its run", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "raced",
    vmid: 301,
  });
  const requestKey = randomUUID();
  const clicks = await Promise.all(
    [...Array.from({ length: 9 }, () => randomUUID()), requestKey].map(async (key) =>
      refusal((await ada.caller()).containers.reboot({ id: containerId, requestKey: key })),
    ),
  );
  expect(clicks.filter(({ code }) => code === "accepted")).toHaveLength(1);
  expect(clicks.filter(({ code }) => code === "conflict")).toHaveLength(9);
  const active = await api.db.run.findFirstOrThrow({ where: { containerId, state: "queued" } });
  expect(await (await ada.caller()).containers.reboot({ id: containerId, requestKey: active.requestKey })).toEqual({
    runId: active.id,
  });
  expect(
    await refusal((await ada.caller()).containers.stop({ id: containerId, requestKey: active.requestKey })),
  ).toMatchObject({ code: "conflict", exists: { type: "run", id: active.id, name: "Reboot raced" } });
});

test("what is shown is what the node said, and for how long it is true", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "shown",
    vmid: 302,
  });
  const shown = async () =>
    (await (await ada.caller()).containers.list({ projectId: ada.projectId })).find(({ id }) => id === containerId);
  expect(await shown()).toMatchObject({
    state: "running",
    usage: { cpu: 0 },
    services: [{ name: "web", url: "http://10.0.0.5:80/" }],
    seenAt: api.clock.now,
  });
  await api.db.guestObservation.updateMany({ where: { nodeId, vmid: 302 }, data: { maxMem: 0 } });
  expect(await shown()).toMatchObject({ usage: null }); // known, not measured yet
  await api.db.guestObservation.updateMany({
    where: { nodeId, vmid: 302 },
    data: { seenAt: new Date(api.clock.now.getTime() - 600_000) },
  });
  expect(await shown()).toMatchObject({ state: "unknown" });
});

test("a stranger's guest on a reused VMID is reported as such: no figures, no address, no link, no action; in the list too", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "reused",
    vmid: 303,
  });
  await api.db.guestObservation.updateMany({
    where: { nodeId, vmid: 303 },
    data: { name: "somebody-elses", tags: "homeport-0123456789ab" },
  });
  const caller = await ada.caller();
  const replaced = {
    state: "replaced",
    usage: null,
    address: null,
    holder: "another container of Homeport's",
    services: [{ name: "web", url: null }],
  };
  expect(await caller.containers.get({ id: containerId })).toMatchObject(replaced);
  expect(
    (await caller.containers.list({ projectId: ada.projectId })).find(({ id }) => id === containerId),
  ).toMatchObject(replaced);
  for (const action of ["start", "stop", "destroy"] as const)
    expect(await refusal(caller.containers[action]({ id: containerId, requestKey: randomUUID() }))).toMatchObject({
      code: "conflict",
      message: textWith("belongs to another guest now"),
    });
  await api.db.guestObservation.updateMany({
    where: { nodeId, vmid: 303 },
    data: { kind: "qemu", name: "reused", tags: null },
  });
  expect(await caller.containers.get({ id: containerId })).toMatchObject({
    state: "replaced",
    holder: "a virtual machine",
  });
});

test("a guest without our tag is not ours by its name; once its configuration was read it is what that said", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "untagged",
    vmid: 395,
  });
  await api.db.guestObservation.updateMany({ where: { nodeId, vmid: 395 }, data: { tags: "prod" } });
  const caller = await ada.caller();
  expect(await caller.containers.get({ id: containerId })).toMatchObject({ state: "unknown", usage: null });
  const read = {
    markSignature: guestSignature({ kind: "lxc", name: "untagged", tags: "prod" }),
    markReadAt: api.clock.now,
  };
  await api.db.container.update({ where: { id: containerId }, data: read });
  expect(await caller.containers.get({ id: containerId })).toMatchObject({ state: "running" });
  await api.db.container.update({
    where: { id: containerId },
    data: { ...read, markHolder: "a container that Homeport did not make" },
  });
  expect(await caller.containers.get({ id: containerId })).toMatchObject({
    state: "replaced",
    holder: "a container that Homeport did not make",
    address: null,
  });
});

test("credentials are opened on request only, and that somebody looked is reported", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "secret",
    vmid: 304,
  });
  const caller = await ada.caller();
  expect((await caller.containers.get({ id: containerId })).services).toMatchObject([
    { name: "web", hasCredentials: true },
  ]);
  expect(await caller.containers.revealCredentials({ id: containerId, service: "web" })).toEqual({
    password: SECRETS.credential,
  });
  expect(await auditLines(containerId)).toContainEqual({ action: "secret.reveal" });
  expect((await refusal(caller.containers.revealCredentials({ id: containerId, service: "other" }))).code).toBe(
    "not_found",
  );
});

test("a deleted container leaves the list, and stays where it is asked for", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "gone",
    vmid: 305,
  });
  await api.db.container.update({
    where: { id: containerId },
    data: { lifecycle: "deleted", deletedAt: api.clock.now },
  });
  const ids = async (includeDeleted: boolean) =>
    (await (await ada.caller()).containers.list({ projectId: ada.projectId, includeDeleted })).map(({ id }) => id);
  expect(await ids(false)).not.toContain(containerId);
  expect(await ids(true)).toContain(containerId);
});

test("a viewer of the project sees its containers and may change nothing; an operator may operate", async () => {
  const { containerId, runId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "shared",
    vmid: 306,
  });
  const { landing: project } = await (await ada.caller()).projects.list();
  const [viewer, operator] = [await person(api, "Viewer"), await person(api, "Operator")];
  await api.db.projectMember.createMany({
    data: [
      { projectId: project.id, userId: viewer.id, role: "VIEWER", inheritedFromOrg: false },
      { projectId: project.id, userId: operator.id, role: "OPERATOR", inheritedFromOrg: false },
    ],
  });
  const [looks, works] = [await viewer.caller(), await operator.caller()];
  expect(await looks.containers.get({ id: containerId })).toMatchObject({ hostname: "shared", state: "running" });
  expect(await looks.runs.get({ id: runId })).toMatchObject({ id: runId });
  const refused = await Promise.all(
    [
      looks.containers.stop({ id: containerId, requestKey: randomUUID() }),
      looks.containers.destroy({ id: containerId, requestKey: randomUUID() }),
      looks.containers.revealCredentials({ id: containerId, service: "web" }),
      looks.runs.cancel({ id: runId }),
    ].map(refusal),
  );
  expect(refused.map(({ code }) => code)).toEqual(["forbidden", "forbidden", "forbidden", "forbidden"]);
  expect((await refusal(looks.nodes.get({ id: nodeId }))).code).toBe("not_found");
  const stopped = await works.containers.stop({ id: containerId, requestKey: randomUUID() });
  await finishRun(api, stopped.runId);
  expect(
    (await (await ada.caller()).activity.list({ actor: operator.id })).items.map(({ action }) => action),
  ).toContain("container.stop");
});
