// Planning and being held to it: the node is asked, what moved is told before anything is made, a missing image is fetched.
import { randomUUID } from "node:crypto";
import { CreateContainerInput, type ContainerSpec } from "@homeport/domain/container/container-input";
import { planProvision } from "@homeport/domain/run/run-plan";
import type { PlanDocument } from "@homeport/domain/plan/plan";
import { TemplateDefinition } from "@homeport/domain/template/template";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { atWork } from "../testing/at-work";
import { cancel, decide } from "../testing/decide";
import { smallContainer } from "@homeport/testing/containers";
import { offerTemplate, type TemplateInput } from "@homeport/testing/templates";
import { openFixture, testTemplate, type Fixture, type Started } from "../testing/fixture";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

const OLDER = "debian-12-standard_12.7-1_amd64.tar.zst";
const address = inject("temporalAddress");
let fixture: Fixture;
let worker: TestWorker;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, address);
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});
afterEach(async () => {
  await fixture.lab.faults.reset();
  await fixture.lab.faults.unreachable({ ms: 0 });
});

let revisionId: string | undefined;
async function specOf(change: Partial<ContainerSpec> = {}): Promise<ContainerSpec> {
  revisionId ??= (await offerTemplate(fixture.db, { scripts: testTemplate.scripts, name: "web" }, 7))
    .templateRevisionId;
  return CreateContainerInput.parse({
    templateRevisionId: revisionId,
    nodeId: fixture.nodeId,
    hostname: `h-${randomUUID().slice(0, 8)}`,
    ...smallContainer,
    ...change,
  });
}
async function revisionWith(files: NonNullable<TemplateInput["files"]>): Promise<string> {
  return (await offerTemplate(fixture.db, { ...testTemplate, name: `files-${randomUUID()}`, files }))
    .templateRevisionId;
}
const plan = async (change: Partial<ContainerSpec> = {}): Promise<PlanDocument> =>
  (await worker.engine.plan(await specOf(change))).document;
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

test("a plan tells all that will happen, with the node's own figures, and nothing is done", async () => {
  const before = (await fixture.lab.faults.journal()).length;
  const spec = await specOf({ hostname: "planned", sshPublicKey: "" });
  const { document, hash } = await worker.engine.plan(spec);
  expect(document).toMatchObject({
    node: { name: "lab", pveName: "pve" },
    template: { name: "web", revision: 7 },
    vmid: { typed: null, likely: 100, from: 100 },
    image: { present: true, sizeBytes: 126_129_049 },
    storage: { name: "local-lvm", type: "lvmthin", neededBytes: 2 * 1024 ** 3 },
    bridge: { name: "vmbr0", cidr: "10.77.0.1/24" },
    packages: ["nginx"],
    files: [{ target: "/etc/motd", policy: "REPLACE", sizeBytes: 6 }],
    blockers: [],
  });
  expect(document.storage.availableBytes).toBeGreaterThan(1e9);
  expect(document.scripts.map(({ name }) => name)).toEqual(["configure", "serve"]);
  expect(document.config.find(({ option }) => option === "net0")?.value).toBe("name=eth0,bridge=vmbr0,ip=dhcp");
  expect(document.privileges.every(({ granted }) => granted)).toBe(true);
  expect((await worker.engine.plan(spec)).hash).toBe(hash);
  expect(await fixture.lab.faults.journal()).toHaveLength(before);
  expect(JSON.stringify(document)).not.toContain(fixture.tokenSecret);
});

test("each file is reported with what the image holds there: new, the same, another, not to be shown; a check asks for none of it", async () => {
  const file = (target: string, content = "ours\n") => ({ target, content, policy: "REPLACE" as const });
  const files = [
    file("/etc/motd"),
    file("/etc/host.conf", "multi on\n"),
    file("/opt/app/it's $(mine)"),
    file("/etc/shadow"),
    file("/etc/os-release"),
    file("/lib/systemd/system/a.service"),
    file("/etc", "x"),
  ];
  const spec = await specOf({ templateRevisionId: await revisionWith(files) });
  const looked = await worker.engine.plan(spec, { lookInside: true });
  expect(looked.document.files.map(({ before }) => before)).toMatchObject([
    { state: "differs", sizeBytes: 286, text: expect.stringContaining("ABSOLUTELY NO WARRANTY") as string },
    { state: "same" },
    { state: "new" },
    { state: "differs", text: null, reason: expect.stringContaining("Only its owner") as string },
    { state: "unknown", reason: "In the OS template it is a link to ../usr/lib/os-release." },
    { state: "unknown", reason: expect.stringContaining("/lib is a link to usr/lib") as string },
    { state: "unknown", reason: expect.stringContaining("a directory") as string },
  ]);
  const checked = await worker.engine.plan(spec);
  expect([checked.hash, checked.document.files.map(({ before }) => before)]).toEqual([
    looked.hash,
    files.map(() => undefined),
  ]);
});

test("what an image holds is not known without SSH, before it is there, and while its node does not let us in; the plan stands", async () => {
  const why = async (change: Partial<ContainerSpec> = {}) => {
    const { document } = await worker.engine.plan(await specOf(change), { lookInside: true });
    const before = document.files[0]?.before;
    return [ids(document.blockers), before?.state === "unknown" ? before.reason : before?.state];
  };
  expect(await why({ osTemplate: `local:vztmpl/${OLDER}` })).toEqual([
    [],
    "The OS template is not on the node yet; what it holds can be seen once it is there.",
  ]);
  const { sshUser, sshPassword } = await fixture.db.proxmoxNode.findUniqueOrThrow({ where: { id: fixture.nodeId } });
  const change = (data: { sshUser: string | null; sshPassword: string | null }) =>
    fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data });
  await change({ sshUser: null, sshPassword: null });
  expect(await why()).toEqual([
    ["ssh"],
    "Node lab has no SSH access, or its host key is not confirmed, so nobody can look into the OS template.",
  ]);
  const wrong = fixture.vault.seal({ table: "ProxmoxNode", row: fixture.nodeId, column: "sshPassword" }, "wrong");
  await change({ sshUser, sshPassword: wrong });
  try {
    expect(await why()).toEqual([[], expect.stringContaining("refused the SSH password")]);
  } finally {
    await change({ sshUser, sshPassword });
  }
});

test("what stands in the way is said: bridge, storage, space, image, VMID", async () => {
  await fixture.lab.faults.createForeignGuest({ vmid: 777, hostname: "stranger" });
  const document = await plan({
    bridge: "vmbr9",
    vmid: 777,
    storage: "nowhere",
    osTemplate: "local:vztmpl/made-up.tar.zst",
  });
  expect(ids(document.blockers).sort()).toEqual(["bridge:vmbr9", "image:unknown", "storage:nowhere", "vmid:taken"]);
  expect(document.blockers.find(({ id }) => id === "vmid:taken")?.text).toContain("777");
  await fixture.lab.faults.fillStorage({ storage: "local-lvm", full: true });
  expect(ids((await plan()).blockers)).toEqual(["storage:space"]);
  await fixture.lab.faults.deleteGuest({ vmid: 777 });
});

test("a disk larger than what is free is a warning where space is given as it is filled", async () => {
  const document = await plan({ diskGib: 4_000 });
  expect([ids(document.blockers), ids(document.warnings)]).toEqual([[], ["storage:promised"]]);
});

test("an image that is not there is downloaded first, if the token may", async () => {
  const document = await plan({ osTemplate: `local:vztmpl/${OLDER}` });
  expect([document.image.present, ids(document.notes), ids(document.blockers)]).toEqual([
    false,
    ["image:download"],
    [],
  ]);
});

test("what only root@pam may set is said, and done over SSH", async () => {
  const privileged = { unprivileged: false, nesting: true };
  const document = await plan(privileged);
  expect([document.overSsh.map(({ option }) => option), ids(document.notes), ids(document.blockers)]).toEqual([
    ["features"],
    ["root:features"],
    [],
  ]);
  expect(document.config.map(({ option }) => option)).not.toContain("features");

  const started = await fixture.provision({ hostname: "privileged", ...privileged });
  await worker.engine.startRun(started);
  // Proxmox warns in the create task, before nesting is set.
  await fixture.until(started.runId, ["done", "done_with_warnings"]);
  const calls = (await fixture.lab.faults.journal()).map(({ path, params }) => `${path} ${JSON.stringify(params)}`);
  expect(calls.filter((call) => call.startsWith("pct set") && call.includes("nesting=1"))).toHaveLength(1);
});

test("a token without rights is told which, by name and path, with the command that grants them", async () => {
  await fixture.lab.users.addUser({ userid: "viewer@pve" });
  const secret = await fixture.lab.users.addToken({ tokenId: "viewer@pve!homeport", privsep: false });
  for (const [path, role] of [
    ["/nodes", "PVEAuditor"],
    ["/storage", "PVEDatastoreUser"],
    ["/sdn/zones/localnetwork", "PVESDNUser"],
  ] as const)
    await fixture.lab.users.setAcl({ path, authid: "viewer@pve", role });
  const before = await fixture.db.proxmoxNode.findUniqueOrThrow({ where: { id: fixture.nodeId } });
  await fixture.db.proxmoxNode.update({
    where: { id: fixture.nodeId },
    data: {
      tokenId: "viewer@pve!homeport",
      tokenSecret: fixture.vault.seal({ table: "ProxmoxNode", row: fixture.nodeId, column: "tokenSecret" }, secret),
    },
  });
  const lacking = plan({ osTemplate: `local:vztmpl/${OLDER}` });
  await Promise.allSettled([lacking]);
  await fixture.db.proxmoxNode.update({
    where: { id: fixture.nodeId },
    data: { tokenId: before.tokenId, tokenSecret: before.tokenSecret },
  });
  const document = await lacking;
  const lacked = document.blockers.find(({ id }) => id === "privileges");
  expect(lacked?.text).toContain("VM.Allocate");
  expect(lacked?.text).toContain("Datastore.AllocateTemplate (to download the OS template) on /storage/local");
  expect(lacked?.command).toContain("pveum acl modify /vms");
});

test("a node that is away is a plan with that as its obstacle", async () => {
  await fixture.lab.faults.unreachable({ ms: 60_000 });
  const document = await plan();
  expect(document.blockers).toMatchObject([{ id: "node:proxmox-unreachable", text: "Node lab is unreachable." }]);
  expect(document.scripts).toHaveLength(2);
});

async function agreed(change: Partial<ContainerSpec> = {}): Promise<Started & { hash: string }> {
  const started = await fixture.provision(change);
  const { spec } = await fixture.db.container.findUniqueOrThrow({ where: { id: started.containerId } });
  const parsed = CreateContainerInput.parse(spec);
  // As the person saw it: before there was a row that holds the VMID.
  await fixture.db.container.update({ where: { id: started.containerId }, data: { vmid: null } });
  const { hash, document } = await worker.engine.plan(parsed);
  await fixture.db.container.update({ where: { id: started.containerId }, data: { vmid: parsed.vmid } });
  await fixture.db.plan.create({ data: { userId: fixture.userId, hash, document, input: parsed } });
  await fixture.db.runStep.deleteMany({ where: { runId: started.runId } });
  const revision = await fixture.db.templateRevision.findUniqueOrThrow({ where: { id: parsed.templateRevisionId } });
  const steps = planProvision(TemplateDefinition.parse(revision.definition), parsed, { checked: true });
  await fixture.db.run.update({
    where: { id: started.runId },
    data: { planHash: hash, steps: { create: steps.map(({ name, title }, position) => ({ name, title, position })) } },
  });
  return { ...started, hash };
}

test("a run whose world is as it was seen goes on at once, its own reservation no obstacle", async () => {
  const started = await agreed({ vmid: 640 });
  await worker.engine.startRun(started);
  const run = await fixture.until(started.runId, "done");
  expect(run.steps.slice(0, 4).map(({ name, state, detail }) => [name, state, detail])).toEqual([
    ["plan", "done", { is: "as_planned" }],
    ["reserve", "done", { is: "reserved", vmid: 640 }],
    ["image", "done", { is: "image_there", storage: "local" }],
    ["create", "done", { is: "created", vmid: 640, taken: [] }],
  ]);
  expect(run.steps.filter(({ startedAt, endedAt }) => startedAt === null || endedAt === null)).toEqual([]);
  const attempts = await fixture.db.runAttempt.findMany({ where: { runId: started.runId } });
  expect(attempts.map(({ attempt, state }) => `${attempt} ${state}`)).toEqual(run.steps.map(() => "1 done"));
  await keepHistory("provision-planned", started.runId, { address, codec: fixture.codec });
});

/** What the node was asked from the run's start to its end, by a worker with this pace; the click's own plan was asked for before. */
async function askedOfTheNode(
  started: Awaited<ReturnType<typeof agreed>>,
  pace: { seenMs: number; rightsMs: number },
): Promise<Record<string, number>> {
  const other = await startTestWorker(fixture, address, pace);
  const { spec } = await fixture.db.container.findUniqueOrThrow({ where: { id: started.containerId } });
  expect((await other.engine.plan(CreateContainerInput.parse(spec), { toCreate: true })).hash).toBe(started.hash);
  const before = (await fixture.lab.faults.requests()).length;
  await other.engine.startRun(started);
  const { container } = await fixture.until(started.runId, "done");
  await other.stop();
  const seen = (await fixture.lab.faults.requests()).slice(before).map(({ method, path }) => `${method} ${path}`);
  const counts: Record<string, number> = {};
  for (const one of seen) {
    // How often a task is asked about is a matter of its time, the node's clock one of what was done before.
    if (/\/tasks\/.*\/status$|\/time$/.test(one)) continue;
    const key = one.replace(/tasks\/UPID.*\//, "tasks/").replace(`/nodes/pve/lxc/${container.vmid}`, "GUEST");
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
const onTheWay = (timesCompared: number) => ({
  "POST /nodes/pve/lxc": 1,
  "GET /nodes/pve/tasks/log": 2,
  // Before and after the create, and right before the start's own call.
  "GET GUEST/config": 3 + timesCompared,
  // Once more after the start.
  "GET GUEST/status/current": timesCompared + 1,
  "POST GUEST/status/start": 1,
  "GET GUEST/interfaces": 1,
});

test("a creation asks nothing again of what its click has just asked; whose the guest is, before the start and the way into it", async () => {
  expect(await askedOfTheNode(await agreed(), { seenMs: 300_000, rightsMs: 300_000 })).toEqual(onTheWay(2));
});

test("a click that arrives twice stops its own run by nothing that its second arrival was told", async () => {
  const started = await agreed({ vmid: 645 });
  const other = await startTestWorker(fixture, address, { seenMs: 300_000 });
  const { spec } = await fixture.db.container.findUniqueOrThrow({ where: { id: started.containerId } });
  const { document } = await other.engine.plan(CreateContainerInput.parse(spec), { toCreate: true });
  expect(ids(document.blockers)).toEqual(["vmid:taken"]);
  await other.engine.startRun(started);
  await fixture.until(started.runId, "done");
  await other.stop();
});

test("what was seen some time ago is asked again: all that the plan rests on, the guest's ownership in each step", async () => {
  expect(await askedOfTheNode(await agreed(), { seenMs: 0, rightsMs: 0 })).toEqual({
    ...onTheWay(7),
    "GET /version": 1,
    "GET /nodes": 1,
    "GET /nodes/pve/storage": 1,
    "GET /nodes/pve/storage/local/content": 1,
    "GET /nodes/pve/network": 1,
    "GET /cluster/resources": 2,
    "GET /cluster/nextid": 2,
    // One for each path that the plan names.
    "GET /access/permissions": 5,
  });
});

test("the world moved between looking and running: the run stops with what is in the way, makes nothing, and goes on once it is gone", async () => {
  const started = await agreed();
  await fixture.lab.faults.fillStorage({ storage: "local-lvm", full: true });
  await worker.engine.startRun(started);
  const stopped = await fixture.until(started.runId, "awaiting_decision");
  expect(stopped.error).toContain("It cannot be created now: Storage local-lvm has 0.0 GiB free");
  expect(stopped.steps.map(({ state }) => state)).not.toContain("done");

  await fixture.lab.faults.fillStorage({ storage: "local-lvm", full: false });
  await decide(fixture, worker.engine, { runId: started.runId, decision: "retry" });
  const run = await fixture.until(started.runId, "done");
  expect(run.steps[0]).toMatchObject({ name: "plan", attempt: 2, detail: { is: "as_planned" } });
  await keepHistory("provision-plan-blocked", started.runId, { address, codec: fixture.codec });
});

test("what changed without being in the way is reported once; retrying agrees to it", async () => {
  const started = await agreed();
  await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { name: "renamed" } });
  await worker.engine.startRun(started);
  const stopped = await fixture.until(started.runId, "awaiting_decision");
  expect(stopped.error).toBe(
    "The node has changed since your review: Node: lab → renamed. Retry to go on with the new plan.",
  );
  expect(stopped.planHash).not.toBe(started.hash);
  await decide(fixture, worker.engine, { runId: started.runId, decision: "retry" });
  await fixture.until(started.runId, "done");
  await keepHistory("provision-plan-moved", started.runId, { address, codec: fixture.codec });
  await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { name: "lab" } });
});

test("undoing a run that stopped at its plan leaves nothing and frees the name", async () => {
  const started = await agreed();
  await fixture.lab.faults.fillStorage({ storage: "local-lvm", full: true });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  await decide(fixture, worker.engine, { runId: started.runId, decision: "undo" });
  const run = await fixture.until(started.runId, "undone");
  expect(run.container.lifecycle).toBe("deleted");
  await keepHistory("provision-plan-undone", started.runId, { address, codec: fixture.codec });
});

test("cancelled while it looks whether its plan still holds, or while its image comes: nothing is made, and the name is free", async () => {
  const checking = await agreed({ vmid: 660 });
  await fixture.lab.faults.delayReply({ method: "GET", path: "/version", delayMs: 30_000 });
  await worker.engine.startRun(checking);
  await atWork(address, checking.runId, "checkPlan");
  await fixture.lab.faults.removeOsTemplate({ file: OLDER });
  const fetching = await fixture.provision({ vmid: 661, osTemplate: `local:vztmpl/${OLDER}` });
  await cancel(fixture, worker.engine, checking.runId);
  expect((await fixture.until(checking.runId, "cancelled")).container.lifecycle).toBe("deleted");

  await fixture.lab.faults.delayTask({ type: "download", delayMs: 30_000 });
  await worker.engine.startRun(fetching);
  await atWork(address, fetching.runId, "fetchImage");
  await cancel(fixture, worker.engine, fetching.runId);
  expect((await fixture.until(fetching.runId, "cancelled")).container.lifecycle).toBe("deleted");
  expect((await fixture.lab.faults.journal()).filter(({ vmid }) => vmid === 660 || vmid === 661)).toEqual([]);
  await keepHistory("provision-cancelled-plan", checking.runId, { address, codec: fixture.codec });
  await keepHistory("provision-cancelled-image", fetching.runId, { address, codec: fixture.codec });
});

test("a missing image is fetched as a step of its own, once, and the container made from it", async () => {
  await fixture.lab.faults.removeOsTemplate({ file: OLDER });
  const older = { osTemplate: `local:vztmpl/${OLDER}` };
  const first = await fixture.provision(older);
  const others = await Promise.all([fixture.provision(older), fixture.provision(older)]);
  const earlier = (await fixture.lab.faults.journal()).length;
  const posts = async () =>
    (await fixture.lab.faults.journal())
      .slice(earlier)
      .filter(({ method, path }) => method === "POST" && path.endsWith("/aplinfo"));
  await fixture.lab.faults.delayTask({ type: "download", delayMs: 300_000 });
  await worker.engine.startRun(first);
  await expect.poll(posts).toHaveLength(1);
  for (const started of others) await worker.engine.startRun(started);
  // One that had only seen that the image is missing would begin another once this one has ended.
  for (const { runId } of others)
    await expect
      .poll(() => fixture.db.runStep.findFirst({ where: { runId, name: "image" }, select: { detail: true } }))
      .toMatchObject({ detail: { is: "downloading" } });
  await fixture.lab.faults.endDelays();
  const done = await Promise.all([first, ...others].map(({ runId }) => fixture.until(runId, "done")));
  expect(done.map((run) => run.steps.find(({ name }) => name === "image")?.state)).toEqual(["done", "done", "done"]);
  await keepHistory("provision-fetched", first.runId, { address, codec: fixture.codec });
  expect(await posts()).toHaveLength(1);
  expect(await fixture.output(first.runId, "image", "task")).toContain("100%");
});

test("a download whose answer was lost is found again, not begun twice", async () => {
  await fixture.lab.faults.removeOsTemplate({ file: OLDER });
  const before = (await fixture.lab.faults.journal()).length;
  const started = await fixture.provision({ osTemplate: `local:vztmpl/${OLDER}` });
  await fixture.lab.faults.delayTask({ type: "download", delayMs: 1_000 });
  await fixture.lab.faults.loseReply({ method: "POST", path: "/aplinfo" });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  expect(
    (await fixture.lab.faults.journal()).slice(before).filter(({ path }) => path.endsWith("/aplinfo")),
  ).toHaveLength(1);
});

test("an image that no catalogue offers any more stops the run before anything is made", async () => {
  const started = await fixture.provision({ osTemplate: "local:vztmpl/gone_1_amd64.tar.zst" });
  await worker.engine.startRun(started);
  const stopped = await fixture.until(started.runId, "awaiting_decision");
  expect(stopped.error).toContain("neither on storage local nor in the catalogue");
  expect((await fixture.lab.faults.journal()).filter(({ vmid }) => vmid === stopped.container.vmid)).toEqual([]);
});

test("a batch is planned in one look: each member in the space that those before it leave, names and numbers apart", async () => {
  await fixture.lab.faults.createForeignGuest({ vmid: 802, hostname: "thief" });
  const { availableBytes, promisedTo, promisedBytes } = (await plan()).storage; // earlier tests left creates that wait for a person
  const free = availableBytes ?? 0;
  const half = Math.ceil(free / 2 / 1024 ** 3);
  const specs = await Promise.all(
    [801, 802, 803].map((vmid) => specOf({ hostname: `m-${vmid}`, vmid, diskGib: half })),
  );
  const plans = await worker.engine.planBatch(specs);
  expect(plans.map(({ document }) => document.vmid.typed)).toEqual([801, 802, 803]);
  expect(plans.map(({ document }) => ids(document.blockers))).toEqual([[], ["vmid:taken"], []]);
  expect(
    plans.map(({ document }) => [
      document.storage.promisedTo - promisedTo,
      (document.storage.promisedBytes - promisedBytes) / 1024 ** 3,
    ]),
  ).toEqual([
    [0, 0],
    [1, half],
    [2, 2 * half],
  ]);
  expect(plans[2]?.document.warnings.find(({ id }) => id === "storage:promised")?.text).toContain(
    `are promised to ${promisedTo + 2} containers under way`,
  );
  // Held to each alone: the same plan.
  expect((await worker.engine.plan(specs[0] ?? (await specOf()))).hash).toBe(plans[0]?.hash);
  await fixture.lab.faults.deleteGuest({ vmid: 802 });
});

test("space that a queued create was promised is not promised to the next plan; the create's own check does not count itself", async () => {
  const before = (await plan()).storage;
  const queued = await agreed({ diskGib: 12 });
  const { storage } = await plan({ diskGib: 4 });
  expect([storage.promisedTo - before.promisedTo, storage.promisedBytes - before.promisedBytes]).toEqual([
    1,
    12 * 1024 ** 3,
  ]);
  await worker.engine.startRun(queued);
  await fixture.until(queued.runId, "done");
  expect((await plan({ diskGib: 4 })).storage.promisedTo).toBe(before.promisedTo);
});

test("a run that nobody could plan is planned by the worker before anything is made, and holds to it", async () => {
  const started = await agreed({ vmid: 650 });
  await fixture.db.plan.deleteMany({ where: { userId: fixture.userId, hash: started.hash } });
  await fixture.db.run.update({ where: { id: started.runId }, data: { planHash: null } });
  await worker.engine.startRun(started);
  const run = await fixture.until(started.runId, "done");
  expect([run.planHash, run.steps[0]?.detail]).toEqual([started.hash, { is: "planned_now" }]);
});

test("settings that were edited while nobody could plan them are planned right before the create call", async () => {
  await fixture.lab.faults.failTask({ type: "vzcreate", vmid: 655, error: "bridge 'vmbr9' does not exist" });
  const started = await agreed({ vmid: 655 });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "awaiting_decision");
  await decide(fixture, worker.engine, { runId: started.runId, decision: "retry", edit: { spec: { memoryMib: 320 } } });
  const run = await fixture.until(started.runId, "done");
  expect(run.planHash).not.toBe(started.hash);
  const held = await fixture.db.plan.findUniqueOrThrow({
    where: { userId_hash: { userId: fixture.userId, hash: run.planHash ?? "" } },
  });
  expect((held.document as unknown as PlanDocument).config.find(({ option }) => option === "memory")?.value).toBe(
    "320",
  ); // written by the run
});

test("the form, the plan and the node say the same about a VMID, the moment it is taken", async () => {
  const holder = (vmid: number) => worker.engine.vmidHolder({ nodeId: fixture.nodeId, vmid });
  expect(await holder(690)).toBeNull();
  await fixture.lab.faults.createForeignGuest({ vmid: 690, hostname: "thief" });
  const document = await plan({ vmid: 690 });
  expect(document.blockers.map(({ text }) => text)).toEqual([`VMID 690 is taken by ${await holder(690)}.`]);
  expect(await holder(690)).toContain("thief");
  await fixture.lab.faults.deleteGuest({ vmid: 690 });
});
