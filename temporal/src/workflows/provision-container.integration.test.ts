// Provisioning end to end: a real Temporal server, a real PostgreSQL, a lab in memory.
import { connectProxmox } from "@homeport/proxmox";
import { Client, Connection } from "@temporalio/client";
import { historyText, openHistory } from "../testing/open-history";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { cancel, decide } from "../testing/decide";
import { openFixture, type Fixture } from "../testing/fixture";
import { holdSlot } from "../testing/hold-slot";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
const address = inject("temporalAddress");
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

test("a queued run becomes a running container, every step in order, its output whole", async () => {
  const started = await fixture.provision({ hostname: "happy" });
  await worker.engine.startRun(started);

  const run = await fixture.until(started.runId, "done");
  expect(run.steps.map(({ name, state, attempt }) => [name, state, attempt])).toEqual([
    ["reserve", "done", 1],
    ["image", "done", 1],
    ["create", "done", 1],
    ["start", "done", 1],
    ["ready", "done", 1],
    ["files", "done", 1],
    ["packages", "done", 1],
    ["script-configure", "done", 1],
    ["script-serve", "done", 1],
    ["discover", "done", 1],
    ["finish", "done", 1],
  ]);
  expect(run.container.lifecycle).toBe("ready");
  expect(run.container.address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  expect(await fixture.output(started.runId, "script-configure")).toBe("first line\nzwölf € — ende\nlast line\n");
  expect(await fixture.output(started.runId, "create", "task")).toContain("TASK OK");
  const [service] = await fixture.db.containerService.findMany({ where: { containerId: started.containerId } });
  expect(service).toMatchObject({ name: "web", port: 8080, status: "up" });
  expect(
    fixture.vault.open(
      { table: "ContainerService", row: service?.id ?? "", column: "credentials" },
      service?.credentials ?? "",
    ),
  ).toContain("hunter2-sekret");
  await keepHistory("provision-done", started.runId, { address, codec: fixture.codec });
});

const failing = {
  scripts: [
    {
      name: "configure",
      title: "Configure it",
      content:
        '. /usr/local/lib/homeport/helpers\nlog begun\n[ "$HOMEPORT_ATTEMPT" = 2 ] || fail broken pipe of dreams\nlog mended\n',
    },
  ],
};

test("a failing script pauses the run with its exit code and last words; a retry begins only that step again", async () => {
  const started = await fixture.provision({}, failing);
  await worker.engine.startRun(started);
  const paused = await fixture.until(started.runId, "awaiting_decision");
  expect(paused.error).toContain("exit code 1");
  expect(paused.error).toContain("broken pipe of dreams");

  const { key, ...click } = await decide(fixture, worker.engine, { runId: started.runId, decision: "retry" });
  await worker.engine.decide(started.runId, click, key); // the same click again
  const run = await fixture.until(started.runId, "done");
  expect(run.steps.find(({ name }) => name === "script-configure")).toMatchObject({
    state: "done",
    attempt: 2,
    error: null,
  });
  expect(run.steps.filter(({ attempt }) => attempt > 1)).toHaveLength(1);
  expect(await fixture.output(started.runId, "script-configure")).toBe(
    "begun\nERROR: broken pipe of dreams\nbegun\nmended\n",
  );
  await expect(worker.engine.decide(started.runId, "retry", crypto.randomUUID())).rejects.toMatchObject({
    code: "conflict",
  });
  await keepHistory("provision-retried", started.runId, { address, codec: fixture.codec });
});

test("a container that stops after each start is not waited for: the run says so, and that memory may be why", async () => {
  const started = await fixture.provision(
    { hostname: "dies-early-no-address", memoryMib: 16 },
    { packages: [], files: [], scripts: [] },
  );
  await worker.engine.startRun(started);
  const { error, container } = await fixture.until(started.runId, "awaiting_decision");
  expect(error).toBe(
    `CT ${container.vmid} does not keep running on node lab: it was started again 3 times, and has stopped each time. It has only 16 MiB of memory, which may be too little to start: give it more on the node and retry, or choose “Run again with changes”.`,
  );
  // It dies a moment after its start, which is noticed in the start's own step or while it is waited for.
  const logs = await Promise.all(["start", "ready"].map((step) => fixture.output(started.runId, step, "homeport")));
  expect(logs.join("")).toContain(
    `CT ${container.vmid} has stopped, and nobody asked it to here: it is started again (3 of 3).`,
  );
  await cancel(fixture, worker.engine, started.runId);
  await fixture.until(started.runId, "cancelled");
});

test("a decision that nothing waits for is refused", async () => {
  const started = await fixture.provision({ hostname: "no-address" });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "running");
  await expect(worker.engine.decide(started.runId, "retry", crypto.randomUUID())).rejects.toMatchObject({
    code: "conflict",
  });
  await cancel(fixture, worker.engine, started.runId);
  await fixture.until(started.runId, "cancelled");
});

test("undoing a failed creation leaves nothing on the node and frees the VMID last", async () => {
  const started = await fixture.provision({}, failing);
  await worker.engine.startRun(started);
  const { container } = await fixture.until(started.runId, "awaiting_decision");
  await decide(fixture, worker.engine, { runId: started.runId, decision: "undo" });

  const run = await fixture.until(started.runId, "undone");
  expect(run.container.lifecycle).toBe("deleted");
  expect(await guestIds()).not.toContain(container.vmid);
  expect(run.steps.find(({ name }) => name === "script-configure")?.state).toBe("failed");
  await keepHistory("provision-undone", started.runId, { address, codec: fixture.codec });
});

test("a guest that somebody made on the VMID meanwhile is left alone: the container gets another one", async () => {
  const started = await fixture.provision();
  const free = Number(await next());
  // It was free when it was asked about, and is not any more when the run's slot comes.
  const letIn = await holdSlot(fixture, worker.engine, "create:local-lvm");
  await worker.engine.startRun(started);
  expect((await fixture.until(started.runId, "waiting")).container.vmid).toBe(free);
  const since = Date.now();
  await fixture.lab.faults.createForeignGuest({ vmid: free, hostname: "stranger" });
  await letIn();

  const run = await fixture.until(started.runId, "done");
  expect(run.container.vmid).not.toBe(free);
  expect(await touched(free, since)).toEqual([]);
  await keepHistory("provision-other-vmid", started.runId, { address, codec: fixture.codec });
  await fixture.lab.faults.deleteGuest({ vmid: free });
});

test("a typed VMID that somebody else holds pauses the run with the reason; undoing does not touch the stranger", async () => {
  await fixture.lab.faults.createForeignGuest({ vmid: 7777, hostname: "stranger" });
  const started = await fixture.provision({ vmid: 7777 });
  await worker.engine.startRun(started);
  const paused = await fixture.until(started.runId, "awaiting_decision");
  expect(paused.error).toBe(
    "VMID 7777 is taken: the container stranger has it; it was not made by Homeport. Nothing of it was touched. Edit and retry with another VMID, or with none for the next free one.",
  );
  await decide(fixture, worker.engine, { runId: started.runId, decision: "undo" });
  await fixture.until(started.runId, "undone");
  await keepHistory("provision-typed-taken", started.runId, { address, codec: fixture.codec });
  expect(await guestIds()).toContain(7777);
  expect(await touched(7777)).toEqual([]);
});

test("when the answer of the create is lost, its task is found again: one guest, one POST", async () => {
  const since = Date.now();
  const started = await fixture.provision({ hostname: "reply-lost" });
  await worker.engine.startRun(started);
  const run = await fixture.until(started.runId, "done");
  expect(await creates(run.container.vmid, since)).toBe(1);
});

test("a create whose task died with the node is cleared away and made again", async () => {
  const started = await fixture.provision({ vmid: 6001 });
  await fixture.lab.faults.dieTask({ type: "vzcreate", vmid: 6001 });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  expect(await creates(6001)).toBe(2);
  expect(await fixture.output(started.runId, "create", "homeport")).toContain("cleared away");
});

test("a create with warnings is a success that says so", async () => {
  const started = await fixture.provision({ hostname: "warn-create" });
  await worker.engine.startRun(started);
  const run = await fixture.until(started.runId, "done_with_warnings");
  expect(run.steps.find(({ name }) => name === "create")).toMatchObject({ state: "warning", warnings: 1 });
  await keepHistory("provision-warned", started.runId, { address, codec: fixture.codec });
  expect(await fixture.output(started.runId, "create", "task")).toContain("WARN");
});

test("while the node is unreachable the run waits and says so; then it goes on by itself", async () => {
  await fixture.lab.faults.unreachable({ ms: 60_000 });
  const started = await fixture.provision();
  await worker.engine.startRun(started);
  const waiting = await fixture.until(started.runId, "waiting");
  expect(waiting.waitingFor).toEqual({ on: "node", node: "lab", why: "unreachable" });
  expect(waiting.steps[0]?.state).toBe("waiting");
  await fixture.lab.faults.unreachable({ ms: 0 });
  expect((await fixture.until(started.runId, "done")).waitingFor).toBeNull();
  await keepHistory("provision-waited-for-node", started.runId, { address, codec: fixture.codec });
});

test("a cut SSH connection in the middle of a script loses no line and starts nothing twice", async () => {
  const started = await fixture.provision({ hostname: "drop-ssh" });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  expect(await fixture.output(started.runId, "script-configure")).toBe("first line\nzwölf € — ende\nlast line\n");
});

test("a changed certificate stops everything on the node until a person decides", async () => {
  const other = await openFixture();
  const own = await startTestWorker(other, inject("temporalAddress"));
  await other.lab.faults.changeCertificate();
  const started = await other.provision();
  await own.engine.startRun(started);
  const paused = await other.until(started.runId, "awaiting_decision");
  expect(paused.error).toContain("another certificate");
  expect(await other.db.proxmoxNode.findUnique({ where: { id: other.nodeId } })).toMatchObject({
    state: "key_changed",
    seenTlsFingerprint: other.lab.fingerprint,
  });
  await own.stop();
  await other.close();
});

test("no secret is in any history", async () => {
  const client = new Client({ connection: await Connection.connect({ address: inject("temporalAddress") }) });
  const ids = (await fixture.db.run.findMany({ where: { startedAt: { not: null } }, select: { id: true } })).map(
    ({ id }) => id,
  );
  for (const id of ids) {
    const { json, sealed } = await openHistory(await client.workflow.getHandle(id).fetchHistory(), fixture.codec);
    expect(historyText(json)).toContain(id);
    expect(sealed).toBeGreaterThan(0);
    for (const secret of [fixture.tokenSecret, fixture.lab.ssh.password, "hunter2-sekret"])
      expect(historyText(json).includes(secret)).toBe(false);
  }
  expect(ids.length).toBeGreaterThan(5);
  await client.connection.close();
});

async function journal() {
  return fixture.lab.faults.journal();
}

async function guestIds(): Promise<(number | null)[]> {
  const { proxmox, close } = await open();
  const list = await proxmox.listLxc("pve");
  await close();
  return list.map(({ vmid }) => vmid);
}

async function next(): Promise<number> {
  const { proxmox, close } = await open();
  const id = await proxmox.nextId();
  await close();
  return id;
}

async function open() {
  const { lab } = fixture;
  const proxmox = connectProxmox({
    host: lab.host,
    port: lab.port,
    tokenId: lab.token.id,
    tokenSecret: lab.token.secret,
    fingerprint: lab.fingerprint,
  });
  return { proxmox, close: () => proxmox.close() };
}

/** Changes of a guest that exists: everything but the attempt to create one. */
async function touched(vmid: number, since = 0) {
  return (await journal()).filter(
    (entry) => entry.time >= since && entry.vmid === vmid && !(entry.method === "POST" && entry.path.endsWith("/lxc")),
  );
}

async function creates(vmid: number | null, since = 0): Promise<number> {
  return (await journal()).filter(
    (entry) => entry.time >= since && entry.vmid === vmid && entry.method === "POST" && entry.path.endsWith("/lxc"),
  ).length;
}
