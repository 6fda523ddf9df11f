// A script goes on through whatever happens around it: lost connections, restarts, revoked tokens, guests that vanish or move.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { cancel, decide } from "../../../testing/decide";
import { openFixture, type Fixture, type Started } from "../../../testing/fixture";
import { startTestWorker, type TestWorker } from "../../../testing/in-process-worker";
import { outputOf, unitsIn } from "../../../testing/lab-guest";
import { openProxy, type Proxy } from "@homeport/testing/proxy";
import type { RunRow } from "@homeport/testing/runs";
import { unitName } from "./run-detached";

let fixture: Fixture;
let worker: TestWorker;
let wire: Proxy;
beforeAll(async () => {
  // Scripts take their time: `# lab: sleep` is for real.
  fixture = await openFixture({ scale: 1 });
  wire = await openProxy("worker → lab SSH", { host: fixture.lab.host, port: fixture.lab.sshPort });
  await fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data: { sshPort: wire.port } });
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await wire.close();
  await fixture.close();
});

const source = (body: string) => `. /usr/local/lib/homeport/helpers\nlog begun\n${body}`;
const only = (body: string, more: { repeatable?: boolean } = {}) => ({
  packages: [],
  files: [],
  scripts: [{ name: "work", title: "Work", content: source(body), ...more }],
});
const lines = (runId: string) => fixture.output(runId, "script-work");
const reported = (runId: string) => fixture.output(runId, "script-work", "homeport");
const vmidOf = (run: RunRow): number => run.container.vmid ?? 0;

/** A run whose script has said its first line. */
async function inScript(
  body: string,
  { onboot = false, ...more }: { repeatable?: boolean; onboot?: boolean } = {},
): Promise<Started & { vmid: number }> {
  const started = await fixture.provision({ startOnBoot: onboot }, only(body, more));
  await worker.engine.startRun(started);
  await eventually(async () => (await lines(started.runId)).includes("begun\n"));
  const { vmid } = await fixture.db.container.findUniqueOrThrow({ where: { id: started.containerId } });
  return { ...started, vmid: vmid ?? 0 };
}

async function eventually(look: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 480_000; !(await look());) {
    if (Date.now() > deadline) throw new Error("it did not come true in time");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const first = (started: Started, vmid: number, tries = 1) =>
  unitName({ ...started, step: "script-work", attempt: 1, vmid }, tries);

test("SSH that is cut for a while: the run waits and says so, then has every line once and the exit code", async () => {
  const run = await inScript("i=0\n# lab: sleep 2s\nlog in the dark\nprintf 'Grüße ✓\\n'\nexit 3\n");
  wire.refuse();
  await expect
    .poll(async () => (await fixture.db.run.findUniqueOrThrow({ where: { id: run.runId } })).waitingFor)
    .toEqual({ on: "node", node: "lab", why: "ssh_unreachable" });
  await eventually(async () => (await outputOf(fixture.lab, run.vmid, first(run, run.vmid))).includes("✓"));
  wire.heal();
  const paused = await fixture.until(run.runId, "awaiting_decision");
  expect(paused.error).toBe("“Work” ended with exit code 3. It said last: begun · in the dark · Grüße ✓");
  expect(await lines(run.runId)).toBe("begun\nin the dark\nGrüße ✓\n");
  await cancel(fixture, worker.engine, run.runId);
});

test("a network that swallows everything is noticed, and the script found again", async () => {
  const run = await inScript("# lab: sleep 3s\nlog ended\n");
  wire.blackHole();
  await eventually(
    async () => (await fixture.db.run.findUniqueOrThrow({ where: { id: run.runId } })).state === "waiting",
  );
  wire.heal();
  await fixture.until(run.runId, "done");
  expect(await lines(run.runId)).toBe("begun\nended\n");
  expect(await unitsIn(fixture.lab, run.vmid)).toEqual([first(run, run.vmid)]);
});

test("a node that restarts in a repeatable script: the container is started again and the script begins again, as a unit of its own", async () => {
  const run = await inScript("warn careful\nprintf 'half a line'\n# lab: sleep 3s\nlog ended\n");
  await eventually(async () => (await outputOf(fixture.lab, run.vmid, first(run, run.vmid))).includes("half"));
  await fixture.lab.faults.rebootNode({ downMs: 300 });
  const done = await fixture.until(run.runId, "done_with_warnings");
  expect(done.steps.find(({ name }) => name === "script-work")).toMatchObject({ attempt: 1, warnings: 1, error: null });
  expect(await lines(run.runId)).toBe(
    "begun\nWARN: careful\nhalf a line\n… interrupted; it begins again …\nbegun\nWARN: careful\nhalf a lineended\n",
  );
  expect(await reported(run.runId)).toContain(
    `CT ${run.vmid} has stopped, and nobody asked it to here: it is started again (1 of 3).`,
  );
  expect(await reported(run.runId)).toContain(
    "The container restarted during “Work”; it is repeatable: running it again (1 of 2).",
  );
  expect(await unitsIn(fixture.lab, run.vmid)).toEqual([first(run, run.vmid), first(run, run.vmid, 2)]);
});

test("a script that restarts its container every time is given up after two repeats", async () => {
  const started = await fixture.provision({}, only("# lab: reboot\n"));
  await worker.engine.startRun(started);
  const paused = await fixture.until(started.runId, "awaiting_decision");
  expect(paused.error).toMatch(/^“Work” was interrupted 3 times: the container restarted\. It said last: begun/);
  expect(await unitsIn(fixture.lab, vmidOf(paused))).toHaveLength(3);
});

test("a script that may not be repeated is not: a person is asked, and decides", async () => {
  const run = await inScript("# lab: sleep 3s\nlog ended\n", { repeatable: false, onboot: true });
  await fixture.lab.faults.rebootNode({ downMs: 300 });
  const paused = await fixture.until(run.runId, "awaiting_decision");
  expect(paused.error).toContain("whether it may run twice is not known");
  expect(await lines(run.runId)).toBe("begun\n");
  await decide(fixture, worker.engine, { runId: run.runId, decision: "retry" });
  const done = await fixture.until(run.runId, "done");
  expect(done.steps.find(({ name }) => name === "script-work")?.attempt).toBe(2);
  expect(await lines(run.runId)).toBe("begun\nbegun\nended\n");
});

test("a token that is revoked in a script: the run asks, and after the mend goes on with the script that runs", async () => {
  const run = await inScript("# lab: sleep 3s\nlog ended\n");
  await fixture.lab.faults.revokeToken();
  await fixture.lab.faults.cutSsh();
  const paused = await fixture.until(run.runId, "awaiting_decision");
  expect(paused.error).toBe("Node lab refused the API token. Check it under Nodes, then retry: nothing is done twice.");
  await fixture.lab.faults.restoreToken();
  await decide(fixture, worker.engine, { runId: run.runId, decision: "retry" });
  await fixture.until(run.runId, "done");
  expect(await lines(run.runId)).toBe("begun\nended\n");
  expect(await reported(run.runId)).toContain("“Work” was started by attempt 1 already: going on with it.");
  expect(await unitsIn(fixture.lab, run.vmid)).toEqual([first(run, run.vmid)]);
});

test("a container that somebody deletes in the middle is not made again; undoing gives its VMID back", async () => {
  const run = await inScript("# lab: sleep 3s\nlog ended\n");
  await fixture.lab.faults.deleteGuest({ vmid: run.vmid });
  const paused = await fixture.until(run.runId, "awaiting_decision");
  expect(paused.error).toContain(
    `CT ${run.vmid} is not on node lab any more: somebody removed it there. It is not made again`,
  );
  await decide(fixture, worker.engine, { runId: run.runId, decision: "undo" });
  await fixture.until(run.runId, "undone");
  const posts = (await fixture.lab.faults.journal()).filter(
    ({ method, path, vmid }) => method === "POST" && path.endsWith("/lxc") && vmid === run.vmid,
  );
  expect(posts).toHaveLength(1);
});

test("a container that was moved to another node of the cluster is found there: said clearly, and undone there", async () => {
  const run = await inScript("# lab: sleep 3s\nlog ended\n");
  await fixture.lab.faults.migrateGuest({ vmid: run.vmid, to: "pve2" });
  const paused = await fixture.until(run.runId, "awaiting_decision");
  expect(paused.error).toContain(`CT ${run.vmid} was moved to node pve2 of the cluster.`);
  await decide(fixture, worker.engine, { runId: run.runId, decision: "undo" });
  await fixture.until(run.runId, "undone");
  const destroyed = (await fixture.lab.faults.journal()).filter(
    ({ method, path }) => method === "DELETE" && path === `/nodes/pve2/lxc/${run.vmid}`,
  );
  expect(destroyed).toHaveLength(1);
  await fixture.lab.faults.migrateGuest({ vmid: run.vmid, to: null }).catch(() => undefined);
});

test("a container that was moved and comes back: a retry goes on", async () => {
  const run = await inScript("# lab: sleep 3s\nlog ended\n");
  await fixture.lab.faults.migrateGuest({ vmid: run.vmid, to: "pve2" });
  await fixture.until(run.runId, "awaiting_decision");
  await fixture.lab.faults.migrateGuest({ vmid: run.vmid, to: null });
  await decide(fixture, worker.engine, { runId: run.runId, decision: "retry" });
  await fixture.until(run.runId, "done");
  expect(await lines(run.runId)).toBe("begun\n… interrupted; it begins again …\nbegun\nended\n");
});

test("a script that takes too long is stopped, with everything it had said", async () => {
  const started = await fixture.provision(
    {},
    {
      packages: [],
      files: [],
      scripts: [{ name: "work", title: "Work", content: source("# lab: sleep 120s\nlog never\n"), timeoutMinutes: 1 }],
    },
  );
  await worker.engine.startRun(started);
  await eventually(async () => (await lines(started.runId)).includes("begun\n"));
  // As if it had begun an hour ago.
  await fixture.db
    .$executeRaw`UPDATE "RunStep" SET "journal" = jsonb_set("journal", '{script,startedAt}', '1') WHERE "runId" = ${started.runId}::uuid AND "name" = 'script-work'`;
  await fixture.lab.faults.cutSsh(); // whoever continues reads the row
  const paused = await fixture.until(started.runId, "awaiting_decision");
  expect(paused.error).toContain("“Work” took longer than its 1 minutes and was stopped. It said last: begun");
});
