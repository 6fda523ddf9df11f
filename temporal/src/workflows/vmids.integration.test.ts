// Automatic VMIDs come from the node's range, one for each container, whoever else takes one meanwhile.
import type { Db } from "@homeport/db/client";
import { StoredSpec } from "@homeport/domain/stored/spec";
import { addPerson } from "@homeport/testing/people";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openStepRecord } from "../activities/records/step-record";
import { createVmidPorts } from "../activities/records/vmid/vmid-ports";
import { decide } from "../testing/decide";
import { openFixture, type Fixture, type Started } from "../testing/fixture";
import { holdSlot } from "../testing/hold-slot";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

const bare = { packages: [], files: [], scripts: [] };
const limit = (data: {
  vmidFrom?: number | null;
  vmidTo?: number | null;
  createsAtOnce?: number;
  tasksAtOnce?: number;
}) => fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data });
const posts = async () =>
  (await fixture.lab.faults.journal()).filter(({ method, path }) => method === "POST" && path.endsWith("/lxc"));

test("twenty-five containers on a range with twenty free ids: twenty are made, the others say what to do, and go on once it was done", async () => {
  await limit({ vmidFrom: 200, vmidTo: 220, createsAtOnce: 8, tasksAtOnce: 8 });
  await fixture.lab.faults.createForeignGuest({ vmid: 207, hostname: "stranger" });
  const runs = await Promise.all(Array.from({ length: 25 }, () => fixture.provision({}, bare)));
  await Promise.all(runs.map((run) => worker.engine.startRun(run)));
  const ended = await Promise.all(runs.map(({ runId }) => fixture.until(runId, ["done", "awaiting_decision"])));

  const done = ended.filter(({ state }) => state === "done");
  const waiting = ended.filter(({ state }) => state === "awaiting_decision");
  expect(done.map(({ container }) => container.vmid).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
    Array.from({ length: 21 }, (_, n) => 200 + n).filter((vmid) => vmid !== 207),
  );
  expect(new Set(waiting.map(({ error }) => error))).toEqual(
    new Set(["No VMID is free between 200 and 220 on lab: widen the range under Nodes → lab → Edit."]),
  );
  expect(waiting).toHaveLength(5);
  expect(waiting.every(({ container }) => container.vmid === null)).toBe(true);

  await limit({ vmidTo: 299 });
  for (const run of waiting) await decide(fixture, worker.engine, { runId: run.id, decision: "retry" });
  const more = await Promise.all(waiting.map(({ id }) => fixture.until(id, "done")));
  expect(more.map(({ container }) => container.vmid).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([
    221, 222, 223, 224, 225,
  ]);
  expect((await posts()).map(({ vmid }) => vmid)).not.toContain(207);
});

test("many that reserve at once get one each, and none tries for what another one has", async () => {
  const runs = await Promise.all(Array.from({ length: 12 }, () => fixture.provision({}, bare)));
  let writes = 0;
  const counted = fixture.db.$extends({
    query: {
      container: {
        updateMany: ({ args, query }) => {
          writes += 1;
          return query(args);
        },
      },
    },
  });
  const { vmids } = createVmidPorts(counted as unknown as Db); // the same client, with a counter
  const candidates = Array.from({ length: 12 }, (_, at) => 700 + at);
  const reserve = async (run: Started) => {
    const { writer } = await openStepRecord(fixture.db, { ...run, step: "reserve", attempt: 1 }, { tries: 1 });
    return vmids.reserve({ ...run, step: "reserve", writer }, candidates);
  };
  const reserved = await Promise.all(runs.map(reserve));
  expect(reserved.sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(candidates);
  expect(writes).toBe(12);
  const late = await fixture.provision({}, bare);
  expect(await reserve(late)).toBeUndefined();
});

test("no id is free in the range: a person types one, and the run goes on with it", async () => {
  await limit({ vmidFrom: 400, vmidTo: 400 });
  await fixture.lab.faults.createForeignGuest({ vmid: 400, hostname: "stranger" });
  const { runId } = await fixture.provision({}, bare).then(async (run) => {
    await worker.engine.startRun(run);
    return run;
  });
  expect((await fixture.until(runId, "awaiting_decision")).error).toContain("No VMID is free between 400 and 400");
  await decide(fixture, worker.engine, { runId, decision: "retry", edit: { spec: { vmid: 401 } } });
  expect((await fixture.until(runId, "done")).container.vmid).toBe(401);
  await keepHistory("provision-vmid-chosen-at-once", runId, {
    address: inject("temporalAddress"),
    codec: fixture.codec,
  });
});

test("taken while it waited: the next one of the range, and the step says so", async () => {
  await limit({ vmidFrom: 300, vmidTo: 309, createsAtOnce: 1 });
  const started = await fixture.provision({}, bare);
  const letIn = await holdSlot(fixture, worker.engine, "create:local-lvm");
  await worker.engine.startRun(started);
  const { container } = await fixture.until(started.runId, "waiting");
  await fixture.lab.faults.createForeignGuest({ vmid: container.vmid ?? 0, hostname: "quick" });
  await letIn();

  const run = await fixture.until(started.runId, "done");
  expect([container.vmid, run.container.vmid]).toEqual([300, 301]);
  expect(run.steps.find(({ name }) => name === "create")?.detail).toEqual({ is: "created", vmid: 301, taken: [300] });
  expect(await fixture.output(started.runId, "create", "homeport")).toMatch(
    /^VMID 300 is taken: .*Going on with 301\.$/m,
  );
});

test("without a range the ids come from where Proxmox says", async () => {
  await limit({ vmidFrom: null, vmidTo: null, createsAtOnce: 2 });
  const started = await fixture.provision({}, bare);
  await worker.engine.startRun(started);
  expect((await fixture.until(started.runId, "done")).container.vmid).toBe(100);
});

test("of a node that is shared they come from the share's range, in the plan and in the run; of its owner's containers not", async () => {
  await limit({ vmidFrom: 300, vmidTo: 309 });
  const run = await fixture.provision({}, bare);
  const { db } = fixture;
  const {
    projectId,
    createdById: sharedById,
    spec,
  } = await db.container.findUniqueOrThrow({
    where: { id: run.containerId },
  });
  const { userId } = await addPerson(db, "Bob");
  await db.projectNode.create({ data: { projectId, nodeId: run.nodeId, sharedById, vmidFrom: 600, vmidTo: 601 } });
  const asked = StoredSpec.parse(spec);
  const range = async (creator: { projectId: string; userId: string }) =>
    (await worker.engine.plan(asked, { creator })).document.vmid;
  expect(await range({ projectId, userId })).toMatchObject({ from: 600, to: 601, likely: 600 });
  expect(await range({ projectId, userId: sharedById })).toMatchObject({ from: 300, to: 309 });
  const many = await worker.engine.planBatch([asked, asked, asked], { projectId, userId });
  expect(many.map(({ document }) => document.vmid.likely)).toEqual([600, 601, null]);

  await db.container.update({ where: { id: run.containerId }, data: { createdById: userId } });
  await worker.engine.startRun(run);
  expect((await fixture.until(run.runId, "done")).container.vmid).toBe(600);
  await fixture.lab.faults.createForeignGuest({ vmid: 601, hostname: "beside" });
  const late = await fixture.provision({}, bare);
  await db.container.update({ where: { id: late.containerId }, data: { createdById: userId } });
  await worker.engine.startRun(late);
  expect((await fixture.until(late.runId, "awaiting_decision")).error).toContain(
    "No VMID is free between 600 and 601, which this project may use on",
  );
});
