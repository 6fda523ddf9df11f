// Rows, Temporal and nodes that do not agree: seen twice, told once, and nothing foreign ever.
import { Client, Connection } from "@temporalio/client";
import { ownershipTag, ownershipNote } from "@homeport/domain/container/ownership-tag";
import { connectProxmox } from "@homeport/proxmox";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { reconcileWorkflowId } from "../contract";
import { openFixture, type Fixture } from "../testing/fixture";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
let client: Client;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
  client = new Client({
    connection: await Connection.connect({ address: inject("temporalAddress") }),
    dataConverter: { payloadCodecs: [fixture.codec] },
  });
});
afterAll(async () => {
  await client.workflow
    .getHandle(reconcileWorkflowId(worker.taskQueue))
    .terminate()
    .catch(() => undefined);
  await worker.stop();
  await client.connection.close();
  await fixture.close();
});

const bare = { packages: [], files: [], scripts: [] };
const stranger = "01890a5d-ac96-774b-bcce-b302099a8057";

async function ready(vmid: number, hostname = `c-${vmid}`) {
  const run = await fixture.provision({ vmid, hostname }, bare);
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "done");
  return run;
}

/** The row of this subject once it is there and in this state. */
async function orphan(subject: string, state: "open" | "ignored" | "resolved" = "open") {
  for (const deadline = Date.now() + 480_000; ;) {
    await worker.engine.reconcile();
    const row = await fixture.db.orphan.findUnique({ where: { subject } });
    if (row?.state === state) return row;
    if (Date.now() > deadline)
      throw new Error(
        `${subject} is ${row?.state ?? "not there"}: ${JSON.stringify(await fixture.db.orphan.findMany())}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function proxmox() {
  const { lab } = fixture;
  return connectProxmox({
    host: lab.host,
    port: lab.port,
    tokenId: lab.token.id,
    tokenSecret: lab.token.secret,
    fingerprint: lab.fingerprint,
  });
}

test("what does not agree is reported, each in its kind; what agrees and what is foreign is not", async () => {
  const [gone, taken, kept, deleted] = [await ready(201), await ready(202), await ready(203), await ready(204)];
  const { lab, db, nodeId } = fixture;
  await lab.faults.deleteGuest({ vmid: 201 });
  await lab.faults.deleteGuest({ vmid: 202 });
  await lab.faults.createForeignGuest({ vmid: 202, hostname: "theirs" });
  await lab.faults.createForeignGuest({ vmid: 300, hostname: "foreign", tags: "homeport;prod" });
  await lab.faults.createForeignGuest({ vmid: 301, hostname: "other", tags: ownershipTag(stranger) });
  const api = proxmox();
  await api.setLxcConfig("pve", 301, { description: ownershipNote(stranger, stranger) });
  await db.container.update({
    where: { id: deleted.containerId },
    data: { lifecycle: "deleted", deletedAt: new Date() },
  });

  expect(await orphan(`container:${gone.containerId}`)).toMatchObject({
    kind: "container_gone",
    vmid: 201,
    userId: fixture.userId,
    facts: { hostname: "c-201", holder: null },
  });
  expect(await orphan(`container:${taken.containerId}`)).toMatchObject({
    kind: "container_gone",
    facts: { holder: "a container that Homeport did not make" },
  });
  expect(await orphan(`guest:${nodeId}:204`)).toMatchObject({
    kind: "guest_without_row",
    containerId: deleted.containerId,
    facts: { madeBy: "this", row: "deleted", marker: deleted.containerId },
  });
  expect(await orphan(`guest:${nodeId}:301`)).toMatchObject({
    kind: "guest_without_row",
    containerId: null,
    facts: { madeBy: "other", row: "none", marker: stranger, hostname: "other" },
  });
  expect((await db.orphan.findMany({ orderBy: { vmid: "asc" } })).map(({ vmid }) => vmid)).toEqual([
    201, 202, 204, 301,
  ]);
  expect(await db.container.findUniqueOrThrow({ where: { id: kept.containerId } })).toMatchObject({
    lifecycle: "ready",
  });
  expect((await db.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId } })).reconciledAt).not.toBeNull();

  await lab.faults.deleteGuest({ vmid: 301 });
  expect(await orphan(`guest:${nodeId}:301`, "resolved")).toMatchObject({ resolution: "went_away" });
  await keepHistory("reconcile", reconcileWorkflowId(worker.taskQueue), {
    address: inject("temporalAddress"),
    codec: fixture.codec,
  });
});

test("one guest whose configuration cannot be read is reported with its reason, and the others are compared all the same", async () => {
  const [bad, gone] = [await ready(221), await ready(222)];
  const { lab, nodeId } = fixture;
  await proxmox().setLxcConfig("pve", 221, { tags: "prod", description: "by hand" });
  await lab.faults.deleteGuest({ vmid: 222 });
  await lab.faults.createForeignGuest({ vmid: 302, hostname: "odd", tags: ownershipTag(stranger) });
  for (const vmid of [221, 302])
    await lab.faults.answerWith({
      method: "GET",
      path: `/lxc/${vmid}/config`,
      status: 500,
      reason: "unable to parse config",
      times: 1_000_000,
    });
  expect(await orphan(`container:${bad.containerId}`)).toMatchObject({
    kind: "container_gone",
    facts: { holder: null, unread: "Proxmox failed: unable to parse config" },
  });
  expect(await orphan(`guest:${nodeId}:302`)).toMatchObject({
    kind: "guest_without_row",
    containerId: null,
    facts: { madeBy: "unknown", unread: "Proxmox failed: unable to parse config" },
  });
  expect(await orphan(`container:${gone.containerId}`)).toMatchObject({ facts: { holder: null, unread: null } });
  await lab.faults.reset();
  // Readable again, it is what its configuration says.
  await expect
    .poll(async () => ((await orphan(`container:${bad.containerId}`)).facts as { holder: string | null }).holder)
    .toBe("a container that Homeport did not make");
  expect(await orphan(`guest:${nodeId}:302`)).toMatchObject({ facts: { unread: null, tag: ownershipTag(stranger) } });
});

test("nothing is concluded from a node that does not answer", async () => {
  const run = await ready(210);
  await fixture.lab.faults.unreachable({ ms: 600_000 });
  const since = Date.now();
  // Two looks that are believed: the second 5 s after the first (orphans.ts).
  await expect
    .poll(
      async () => {
        await worker.engine.reconcile();
        const began = await looks(since);
        return Math.max(...began) - Math.min(...began);
      },
      { interval: 250 },
    )
    .toBeGreaterThan(5_000);
  await fixture.lab.faults.unreachable({ ms: 0 });
  expect(await fixture.db.orphan.findUnique({ where: { subject: `container:${run.containerId}` } })).toBeNull();
});

test("a workflow without a row is told to whom it belonged; one whose run has ended is ended; a stuck probe may be asked for again", async () => {
  const { db, nodeId, userId } = fixture;
  // Neither does anything by itself: a workflow that acts meets the fence, and is over before anybody looks.
  const [ended, lost] = [await asking(), await asking()];
  await db.proxmoxNode.update({ where: { id: nodeId }, data: { probing: true } });
  await db.run.update({ where: { id: ended.runId }, data: { state: "failed", endedAt: new Date() } });
  await db.run.delete({ where: { id: lost.runId } });

  expect((await orphan(`workflow:${ended.runId}`, "resolved")).resolution).toBe("workflow_ended_by_itself");
  expect((await client.workflow.getHandle(ended.runId).describe()).status.name).toBe("TERMINATED");
  expect(await orphan(`workflow:${lost.runId}`)).toMatchObject({ kind: "workflow_without_row", userId });
  expect((await client.workflow.getHandle(lost.runId).describe()).status.name).toBe("RUNNING");
  await expect
    .poll(async () => (await db.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId } })).probing)
    .toBe(false);
});

/** A run that waits for a person, its workflow for their answer. */
async function asking() {
  const run = await fixture.provision({}, { ...bare, scripts: [{ name: "x", title: "X", content: "false\n" }] });
  await worker.engine.startRun(run);
  await fixture.until(run.runId, "awaiting_decision");
  return run;
}

/** When the looks at the node began that have come to their end since `since`, in ms since 1970. */
async function looks(since: number): Promise<number[]> {
  const { events } = await client.workflow.getHandle(reconcileWorkflowId(worker.taskQueue)).fetchHistory();
  const done = new Set(
    (events ?? []).map(({ activityTaskCompletedEventAttributes: completed }) => String(completed?.scheduledEventId)),
  );
  return (events ?? []).flatMap(({ eventId, eventTime, activityTaskScheduledEventAttributes: asked }) => {
    const atMs = Number(eventTime?.seconds) * 1_000 + Number(eventTime?.nanos) / 1e6;
    return asked?.activityType?.name === "scanNode" && done.has(String(eventId)) && atMs >= since ? [atMs] : [];
  });
}
