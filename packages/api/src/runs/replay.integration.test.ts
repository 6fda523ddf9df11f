// A run's record: read as inputs, run again, compared, and taken along without anything that must stay.
import { randomUUID } from "node:crypto";
import { createAuth } from "@homeport/auth";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContext, memberContext, type MemberContext } from "../context";
import {
  containerInput,
  finishRun,
  onlineNode,
  person,
  readyContainer,
  sameOrigin,
  SECRETS,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal, textWith } from "../testing/refusal";
import { openRunBundle } from "./bundle/bundle";

let api: TestApi;
let ada: TestPerson;
let nodeId: string;
let revisionId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  nodeId = await onlineNode(api, ada, "pve");
  revisionId = await template(api, "site");
});
afterAll(() => api.close());

const created = async (hostname: string, change: object = {}) =>
  (await ada.caller()).containers.create({ ...containerInput(nodeId, revisionId, hostname), ...change });
const member = async (who: TestPerson): Promise<MemberContext> => {
  const ctx = memberContext(
    await createContext({
      req: { headers: new Headers({ ...sameOrigin, cookie: who.jar.cookie }) },
      peer: "192.0.2.1",
      deps: api.deps,
    }),
  );
  if (ctx === null) throw new Error("signed in");
  return ctx;
};

test("the inputs of a creation can be read, with the newest revision of its template and what was edited since", async () => {
  const caller = await ada.caller();
  const { runId, containerId } = await created("input");
  const spec = (await api.db.container.findUniqueOrThrow({ where: { id: containerId } })).spec as object;
  await api.db.container.update({ where: { id: containerId }, data: { spec: { ...spec, memoryMib: 1024 } } });
  expect(await caller.runs.input({ id: runId })).toMatchObject({
    templateName: "site",
    currentRevisionId: revisionId,
    input: { hostname: "input", memoryMib: 1024, templateRevisionId: revisionId },
  });
  const { containerId: other } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "stopped",
    vmid: 150,
    status: "stopped",
  });
  const { runId: started } = await caller.containers.start({ id: other, requestKey: randomUUID() });
  expect(await refusal(caller.runs.input({ id: started }))).toMatchObject({
    code: "conflict",
    message: textWith("Only the creation"),
  });
});

test("run again makes one container from the same inputs, however often the click is sent, and refuses a name in use", async () => {
  const caller = await ada.caller();
  const { runId, containerId } = await created("again", { cores: 2 });
  await finishRun(api, runId);
  const requestKey = randomUUID();
  expect(await refusal(caller.runs.again({ id: runId, requestKey }))).toMatchObject({
    code: "conflict",
    fields: { hostname: textWith("again already") },
  });
  await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "deleted", vmid: null } });
  const [first, second] = await Promise.all([
    caller.runs.again({ id: runId, requestKey }),
    (await ada.caller()).runs.again({ id: runId, requestKey }),
  ]);
  expect(second).toEqual(first);
  expect(await caller.runs.get({ id: first.runId })).toMatchObject({
    againOf: { id: runId, hostname: "again" },
    input: { hostname: "again", cores: 2 },
  });
  expect(await api.db.run.count({ where: { againOfId: runId } })).toBe(1);
});

test("a creation from changed inputs remembers the run it began from; a stranger's run is no beginning", async () => {
  const { runId } = await created("origin");
  const changed = await created("changed", { cores: 2, againOfId: runId });
  expect(await (await ada.caller()).runs.get({ id: changed.runId })).toMatchObject({
    againOf: { id: runId, hostname: "origin" },
    input: { hostname: "changed", cores: 2 },
  });
  const eve = await person(api, "Eve");
  const evesNode = await onlineNode(api, eve, "pve");
  const evesClick = (await eve.caller()).containers.create({
    ...containerInput(evesNode, revisionId, "thief"),
    againOfId: runId,
  });
  expect(await refusal(evesClick)).toMatchObject({ code: "not_found" });
});

test("two runs are compared: inputs that differ, scripts with their edits, steps by name", async () => {
  const caller = await ada.caller();
  const [a, b] = [
    await created("left"),
    await created("right", { memoryMib: 2048, network: { mode: "static", address: "10.0.0.9/24" } }),
  ];
  const step = await api.db.runStep.findFirstOrThrow({ where: { runId: b.runId, name: "script-configure" } });
  await api.db.runAttempt.upsert({
    where: { stepId_attempt: { stepId: step.id, attempt: 2 } },
    create: { runId: b.runId, stepId: step.id, attempt: 2, edit: { script: "echo mended" } },
    update: {},
  });
  await api.db.runStep.delete({ where: { runId_name: { runId: a.runId, name: "discover" } } });
  const { inputs, parts, steps } = await caller.runs.compare({ a: a.runId, b: b.runId });
  expect(inputs.filter(({ differs }) => differs)).toEqual([
    { path: "hostname", a: "left", b: "right", differs: true },
    { path: "memoryMib", a: "512", b: "2048", differs: true },
    { path: "network.mode", a: "dhcp", b: "static", differs: true },
    { path: "network.address", a: null, b: "10.0.0.9/24", differs: true },
    { path: "network.gateway", a: null, b: "", differs: true },
  ]);
  expect(parts).toEqual([
    {
      kind: "packages",
      name: "packages",
      title: "Packages",
      differs: false,
      a: null,
      b: null,
      editedA: false,
      editedB: false,
    },
    {
      kind: "script",
      name: "configure",
      title: "Configure",
      differs: true,
      a: "true",
      b: "echo mended",
      editedA: false,
      editedB: true,
    },
  ]);
  const discover = steps.findIndex(({ name }) => name === "discover");
  expect(steps[discover - 1]?.name).toBe("script-configure");
  expect(steps[discover]).toMatchObject({ a: null, b: { state: "pending", edited: false } });
});

test("a bundle holds the whole record, and neither secrets nor addresses of the node nor mail addresses", async () => {
  const { runId, containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "bundle",
    vmid: 160,
  });
  const step = await api.db.runStep.findFirstOrThrow({ where: { runId, name: "script-configure" } });
  await api.db.runAttempt.create({
    data: {
      runId,
      stepId: step.id,
      attempt: 7,
      edit: { script: `curl https://192.168.1.10:8006 -H ${SECRETS.token}` },
    },
  });
  await api.db.runDecision.create({
    data: { runId, requestKey: randomUUID(), decision: "retry", step: step.name, attempt: 1, userId: ada.id },
  });
  const lines = [
    `token ${SECRETS.token}`,
    `credential ${SECRETS.credential}`,
    `ssh ${SECRETS.ssh}`,
    `mail ${ada.email}`,
    "https://192.168.1.10:8006/api2",
    "the last line",
  ];
  // Cut in the middle of the secrets, as pieces of a log are.
  const log = `${lines.join("\n")}\n`;
  let at = 0;
  for (const text of log.match(/.{1,9}/gs) ?? []) {
    await api.db.runLog.create({
      data: { runId, stepId: step.id, attempt: 7, stream: "output", byteOffset: at, text },
    });
    at += Buffer.byteLength(text);
  }
  const spec = (await api.db.run.findUniqueOrThrow({ where: { id: runId } })).input as object;
  await api.db.run.update({
    where: { id: runId },
    data: { input: { ...spec, sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPublicKeyOfAda ada@laptop" } },
  });

  const { fileName, pieces } = await openRunBundle(await member(ada), runId);
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  const files = unzipSync(Buffer.concat(read));
  const text = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  expect(fileName).toBe(`homeport-run-${runId}.zip`);
  expect(Object.keys(files)).toEqual([
    "README.txt",
    "run.json",
    "template.json",
    textWith("-script-configure/attempt-7.log"),
  ]);
  const record = JSON.parse(text("run.json")) as {
    run: object;
    input: object;
    steps: { name: string; attempts: object[] }[];
    decisions: object[];
  };
  expect(record.run).toMatchObject({
    id: runId,
    kind: "provision",
    container: { hostname: "bundle", vmid: 160 },
    node: { name: "pve" },
  });
  expect(record.input).toMatchObject({ hostname: "bundle", sshPublicKey: "[1 SSH key]" });
  expect(record.steps.find(({ name }) => name === "script-configure")?.attempts).toContainEqual(
    expect.objectContaining({ attempt: 7, edit: { script: "curl https://[node address]:8006 -H [secret]" } }),
  );
  expect(record.decisions).toMatchObject([{ decision: "retry", step: "script-configure", by: "Ada" }]);
  expect(text("template.json")).toContain("Configure");
  const all = Object.keys(files).map(text).join("\n");
  expect(all).toContain("the last line");
  expect(
    [...Object.values(SECRETS), ada.email, "192.168.1.10", "@laptop", "AAAAC3"].filter((hidden) =>
      all.includes(hidden),
    ),
  ).toEqual([]);
  expect(await api.db.auditLog.findFirst({ orderBy: { id: "desc" } })).toMatchObject({
    action: "run.export",
    targetId: runId,
    actorId: ada.id,
  });
  expect(containerId).toBeDefined();
});

test("a bundle is nobody else's, and is not made without end", async () => {
  const { runId } = await created("limited");
  const stranger = await person(api, "Stranger");
  await expect(openRunBundle(await member(stranger), runId)).rejects.toMatchObject({ code: "not_found" });
  const bob = await person(api, "Bob");
  const strict = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  const ctx = { ...(await member(bob)), auth: strict };
  const node = await onlineNode(api, bob, "pve");
  const own = await (await bob.caller()).containers.create(containerInput(node, revisionId, "own"));
  const asked = await Promise.allSettled(Array.from({ length: 12 }, () => openRunBundle(ctx, own.runId)));
  expect(asked.filter(({ status }) => status === "rejected")).toMatchObject([
    { reason: { code: "too_many_requests" } },
    { reason: { code: "too_many_requests" } },
  ]);
});
