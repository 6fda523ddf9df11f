// Every row of the table in docs/decisions/0003-a-create-that-survives-any-crash.md, met by the real activity on a lab: whatever is found, one container, and nothing of a stranger touched.
import { waitingText } from "@homeport/domain/text/waiting";
import { readWaitingFor } from "@homeport/domain/run/waiting";
import { randomUUID } from "node:crypto";
import { connectProxmox, type Proxmox } from "@homeport/proxmox";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { cancel, decide } from "../../../testing/decide";
import { openFixture, type Fixture, type Started } from "../../../testing/fixture";
import { keepHistory } from "../../../testing/keep-history";
import { startTestWorker, type TestWorker } from "../../../testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
let proxmox: Proxmox;
beforeAll(async () => {
  fixture = await openFixture();
  const { lab } = fixture;
  proxmox = connectProxmox({
    host: lab.host,
    port: lab.port,
    tokenId: lab.token.id,
    tokenSecret: lab.token.secret,
    fingerprint: lab.fingerprint,
  });
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await proxmox.close();
  await fixture.close();
});

const bare = { packages: [], files: [], scripts: [] };
const faults = () => fixture.lab.faults;

async function begin(vmid: number, more: Record<string, unknown> = {}): Promise<Started> {
  const started = await fixture.provision({ vmid, ...more }, bare);
  await worker.engine.startRun(started);
  return started;
}

async function eventually(look: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 480_000; !(await look());) {
    if (Date.now() > deadline) throw new Error("it did not come true in time");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const calls = async (vmid: number) => (await faults().journal()).filter((entry) => entry.vmid === vmid);
const posts = async (vmid: number): Promise<number> =>
  (await calls(vmid)).filter(({ method, path, status }) => method === "POST" && path.endsWith("/lxc") && status === 200)
    .length;
const reported = (runId: string) => fixture.output(runId, "create", "homeport");
const waiting = (runId: string, words: string) =>
  eventually(async () => {
    const { waitingFor } = await fixture.db.run.findUniqueOrThrow({ where: { id: runId } });
    const reason = readWaitingFor(waitingFor);
    return reason !== null && waitingText(reason) === words;
  });

test("nothing there, no task: post", async () => {
  const { runId } = await begin(500);
  await fixture.until(runId, "done");
  expect(await posts(500)).toBe(1);
});

test("nothing there, our task succeeded (somebody removed its guest before we looked): post", async () => {
  const { upid } = await createByHand(501);
  await faults().deleteGuest({ vmid: 501 });
  const started = await fixture.provision({ vmid: 501 }, bare);
  await remember(started.runId, { create: { vmid: 501, since: 0, upid } });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  expect(await posts(501)).toBe(2);
});

test("nothing there, our task runs: follow it", async () => {
  await faults().loseReply({ method: "POST", path: "/lxc" });
  await faults().delayTask({ type: "vzcreate", vmid: 502, delayMs: 5_000 });
  const { runId } = await begin(502);
  await eventually(async () => (await posts(502)) === 1);
  await faults().deleteGuest({ vmid: 502 });
  await fixture.until(runId, "done");
  expect(await posts(502)).toBe(1);
});

test("nothing there, our task failed: its error is reported once, and a retry begins a task of its own", async () => {
  await faults().failTask({ type: "vzcreate", vmid: 503, error: "bridge 'vmbr9' does not exist" });
  const { runId } = await begin(503);
  const paused = await fixture.until(runId, "awaiting_decision");
  expect(paused.error).toBe("Proxmox refused it: unable to create CT 503 - bridge 'vmbr9' does not exist");
  expect(await posts(503)).toBe(1);
  await decide(fixture, worker.engine, { runId: runId, decision: "retry" });
  await fixture.until(runId, "done");
  expect(await posts(503)).toBe(2);
});

test("locked by create, our task runs (its answer was lost): follow it", async () => {
  await faults().loseReply({ method: "POST", path: "/lxc" });
  await faults().delayTask({ type: "vzcreate", vmid: 504, delayMs: 1_000 });
  const { runId } = await begin(504);
  await fixture.until(runId, "done");
  expect(await posts(504)).toBe(1);
});

test("locked by create, our task died with the node: unlocked over SSH, destroyed, made again", async () => {
  await faults().delayTask({ type: "vzcreate", vmid: 505, delayMs: 60_000 });
  const { runId } = await begin(505);
  await eventually(async () => (await posts(505)) === 1);
  await faults().rebootNode({ downMs: 300 });
  await fixture.until(runId, "done");
  expect(await posts(505)).toBe(2);
  expect(await reported(runId)).toContain(
    "The node lost the task that made CT 505; its remains are cleared away and it is made again.",
  );
});

test.each([
  [506, "unlocked it", async (vmid: number) => faults().lockGuest({ vmid, lock: null })],
  [507, "unlocked and destroyed it", async (vmid: number) => faults().deleteGuest({ vmid })],
])(
  "the same without SSH: the run waits with the exact command, and goes on by itself when a person has %s",
  async (vmid, _, person) => {
    const { sshUser } = await fixture.db.proxmoxNode.findUniqueOrThrow({ where: { id: fixture.nodeId } });
    await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { sshUser: null } });
    await faults().dieTask({ type: "vzcreate", vmid });
    const { runId } = await begin(vmid);
    await waiting(runId, `CT ${vmid} is left locked by a create that died. Run on node lab: pct unlock ${vmid}`);
    await person(vmid);
    await fixture.until(runId, "done");
    await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { sshUser } });
    expect(await posts(vmid)).toBe(2);
    await keepHistory("provision-waited-unlock", runId, { address: inject("temporalAddress"), codec: fixture.codec });
  },
);

test("creates that wait for a person to unlock what they left keep nobody from their turn, also while they are undone", async () => {
  const { sshUser, createsAtOnce } = await fixture.db.proxmoxNode.findUniqueOrThrow({ where: { id: fixture.nodeId } });
  await fixture.db.proxmoxNode.update({
    where: { id: fixture.nodeId },
    data: { sshUser: null, createsAtOnce: 1, tasksAtOnce: 1 },
  });
  const vmids = [530, 531];
  for (const vmid of vmids) await faults().dieTask({ type: "vzcreate", vmid });
  const stuck: Started[] = [];
  for (const vmid of vmids) {
    const run = await begin(vmid);
    await waiting(run.runId, `CT ${vmid} is left locked by a create that died. Run on node lab: pct unlock ${vmid}`);
    stuck.push(run);
  }
  for (const { runId } of stuck) await cancel(fixture, worker.engine, runId);
  for (const [index, vmid] of vmids.entries())
    await waiting(
      stuck[index]?.runId ?? "",
      `cleanup pending: CT ${vmid} is left locked by a create that died. Run on node lab: pct unlock ${vmid}`,
    );
  await fixture.until((await begin(532)).runId, "done");
  await faults().lockGuest({ vmid: 530, lock: null });
  await fixture.db.proxmoxNode.update({
    where: { id: fixture.nodeId },
    data: { sshUser, createsAtOnce, tasksAtOnce: 4 },
  });
  for (const { runId } of stuck) await fixture.until(runId, "cancelled");
  for (const vmid of vmids) expect((await proxmox.listLxc("pve")).some((guest) => guest.vmid === vmid)).toBe(false);
  await keepHistory("provision-undo-waited-unlock", stuck[0]?.runId ?? "", {
    address: inject("temporalAddress"),
    codec: fixture.codec,
  });
});

test("locked by create, no task of ours: another create is under way, and nothing of it is touched", async () => {
  await faults().createForeignGuest({ vmid: 508 });
  await faults().lockGuest({ vmid: 508, lock: "create" });
  const { runId } = await begin(508);
  const paused = await fixture.until(runId, "awaiting_decision");
  expect(paused.error).toMatch(
    /^VMID 508 is taken: the container foreign-508 has it; another create of this VMID is under way\. .*Edit and retry/,
  );
  await decide(fixture, worker.engine, { runId: runId, decision: "undo" });
  await fixture.until(runId, "undone");
  expect(await calls(508)).toEqual([]);
});

test("ours and unlocked: done, without another post", async () => {
  const started = await fixture.provision({ vmid: 509 }, bare);
  await createByHand(509, `Homeport container ${started.containerId}\n`);
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  expect(await posts(509)).toBe(1);
});

test("anybody else's: the VMID is given back and nothing is touched", async () => {
  await createByHand(510, `Homeport container ${randomUUID()}\n`);
  const before = (await calls(510)).length;
  const { runId } = await begin(510);
  expect((await fixture.until(runId, "awaiting_decision")).error).toMatch(
    /^VMID 510 is taken: .*it belongs to another Homeport container\. .*Edit and retry/,
  );
  expect((await calls(510)).length).toBe(before);
});

test("power loss after the create, before the start: the container is kept and started", async () => {
  await faults().delayTask({ type: "vzstart", vmid: 511, delayMs: 60_000 });
  const { runId } = await begin(511);
  await eventually(async () => (await calls(511)).some(({ path }) => path.endsWith("/status/start")));
  await faults().rebootNode({ downMs: 300 });
  await fixture.until(runId, "done");
  expect(await posts(511)).toBe(1);
});

test("a full storage is reported with what is free and needed; nothing is left, and a retry after making room goes on", async () => {
  await faults().fillStorage({ storage: "local-lvm", full: true });
  const { runId } = await begin(512);
  const paused = await fixture.until(runId, "awaiting_decision");
  expect(paused.error).toMatch(
    /^Storage local-lvm on node lab is full: 0\.0 GiB are free, the container needs 2 GiB\./,
  );
  expect(paused.steps.find(({ name }) => name === "create")?.tries).toBe(1);
  expect((await proxmox.listLxc("pve")).map(({ vmid }) => vmid)).not.toContain(512);
  await faults().fillStorage({ storage: "local-lvm", full: false });
  await decide(fixture, worker.engine, { runId: runId, decision: "retry" });
  await fixture.until(runId, "done");
});

test("a lost quorum and a busy lock file are waited for, without an error", async () => {
  await faults().quorum({ ok: false });
  const { runId } = await begin(513);
  await waiting(runId, "the cluster of node lab has no quorum");
  await faults().answerWith({
    method: "POST",
    path: "/lxc",
    status: 500,
    reason: "can't lock file '/run/lock/lxc/pve-config-513.lock' - got timeout",
    times: 5,
  });
  await faults().quorum({ ok: true });
  const run = await fixture.until(runId, "done");
  expect(run.steps.find(({ name }) => name === "create")).toMatchObject({ attempt: 1, error: null });
  expect(await posts(513)).toBe(1);
});

test.each(["auth", "permission"] as const)(
  "a refused token in the middle (%s): the run asks with what to do, and goes on where it was",
  async (kind) => {
    const vmid = kind === "auth" ? 514 : 515;
    await faults().delayTask({ type: "vzcreate", vmid, delayMs: 3_000 });
    const { runId } = await begin(vmid);
    await eventually(async () => (await posts(vmid)) === 1);
    if (kind === "auth") await faults().revokeToken();
    else
      await faults().answerWith({
        method: "POST",
        path: `/lxc/${vmid}/status/start`,
        status: 403,
        reason: "Permission check failed (/vms/515, VM.PowerMgmt)",
      });
    const paused = await fixture.until(runId, "awaiting_decision");
    expect(paused.error).toContain(
      kind === "auth"
        ? "refused the API token. Check it under Nodes"
        : "lacks a privilege: Permission check failed (/vms/515, VM.PowerMgmt)",
    );
    await faults().restoreToken();
    await decide(fixture, worker.engine, { runId: runId, decision: "retry" });
    await fixture.until(runId, "done");
    expect(await posts(vmid)).toBe(1);
  },
);

test.each([
  ["names the holder", { name: "windows", vmid: 516 }, "the virtual machine windows on node pve2 has it"],
  ["does not know it", { name: "other", vmid: 99_999 }, "another guest of the cluster has it"],
])("Proxmox refuses, nothing is there, and the cluster's list %s", async (_, row, words) => {
  await faults().answerWith({
    method: "POST",
    path: "/lxc",
    status: 500,
    reason: "unable to create CT 516 - VM 516 already exists on node 'pve2'",
  });
  await faults().answerWith({
    method: "GET",
    path: "/cluster/resources",
    status: 200,
    body: JSON.stringify({ data: [{ id: `qemu/${row.vmid}`, type: "qemu", node: "pve2", status: "running", ...row }] }),
    times: 100,
  });
  const { runId } = await begin(516);
  const { error } = await fixture.until(runId, "awaiting_decision");
  expect(error).toMatch(new RegExp(`^VMID 516 is taken: ${words}\\. .*Edit and retry`));
  await faults().reset();
  await decide(fixture, worker.engine, { runId: runId, decision: "undo" });
  await fixture.until(runId, "undone");
  expect(await posts(516)).toBe(0);
});

async function createByHand(vmid: number, description?: string): Promise<{ upid: string }> {
  const upid = await proxmox.createLxc("pve", {
    vmid,
    ostemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
    rootfs: "local-lvm:2",
    unprivileged: true,
    hostname: `by-hand-${vmid}`,
    net0: "name=eth0,bridge=vmbr0,ip=dhcp",
    description,
  });
  await eventually(async () => (await proxmox.taskStatus(upid)).status === "stopped");
  return { upid };
}

async function remember(runId: string, journal: object): Promise<void> {
  await fixture.db
    .$executeRaw`UPDATE "RunStep" SET "journal" = ${JSON.stringify(journal)}::jsonb WHERE "runId" = ${runId}::uuid AND "name" = 'create'`;
}
