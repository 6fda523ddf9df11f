// The sweeper's rounds reach every row, however many there are, and one that fails keeps no other from its turn.
import { randomUUID } from "node:crypto";
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { subjectColumns } from "@homeport/records/subject-columns";
import { addPerson } from "@homeport/testing/people";
import { offerTemplate } from "@homeport/testing/templates";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ReconcileDeps, reconcileRecords } from "./activities/records/reconcile-runs";
import { findLost, startQueued, watchNodes, type SweeperDeps } from "./sweeper";

const PAGE = 2;
const COUNT = 5;

let database: TestDatabase;
let runIds: string[];
let queuedIds: string[];
let nodeIds: string[];
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const { userId, projectId } = await addPerson(db, "Ada");
  const { templateRevisionId } = await offerTemplate(db);
  const pins = { tlsFingerprint: "AA:BB", sshHostKey: "SHA256:abc", pveName: "pve", state: "online" as const };
  const nodes = await db.proxmoxNode.createManyAndReturn({
    data: Array.from({ length: COUNT }, (_, index) => ({
      userId,
      name: `pve-${index}`,
      host: "192.0.2.1",
      tokenId: "t",
      tokenSecret: "s",
      ...pins,
    })),
  });
  nodeIds = nodes.map(({ id }) => id).sort();
  const [nodeId = ""] = nodeIds;
  const base = { projectId, nodeId, templateRevisionId, createdById: userId, spec: {} };
  const makeRuns = async (state: "running" | "queued"): Promise<string[]> => {
    const containers = await db.container.createManyAndReturn({
      data: Array.from({ length: COUNT }, (_, index) => ({ ...base, hostname: `${state}-${index}` })),
    });
    const runs = await db.run.createManyAndReturn({
      data: containers.map(({ id: containerId }) => ({
        kind: "provision" as const,
        state,
        ...subjectColumns({ type: "container", id: containerId }),
        projectId,
        nodeId,
        userId,
        requestKey: randomUUID(),
        createdAt: new Date(Date.now() - 60_000),
      })),
    });
    return runs.map(({ id }) => id).sort();
  };
  runIds = await makeRuns("running");
  queuedIds = await makeRuns("queued");
});
afterAll(() => database.close());

/** Of the engine only these are called. */
function deps(engine: Partial<Pick<SweeperDeps["engine"], "readRun" | "startRun" | "watchNode">>): SweeperDeps {
  return { db: database.db, log: () => undefined, engine: engine as SweeperDeps["engine"] };
}

test("more runs than a page holds: each is looked for once, in order", async () => {
  const read: string[] = [];
  const readRun: SweeperDeps["engine"]["readRun"] = (runId) => {
    read.push(runId);
    return Promise.resolve({ status: "running", failing: null });
  };

  await findLost(deps({ readRun }), PAGE);

  expect(read).toEqual(runIds);
});

test("a run that cannot be looked at does not hide those behind it", async () => {
  const read: string[] = [];
  const readRun: SweeperDeps["engine"]["readRun"] = (runId) => {
    read.push(runId);
    return runId === runIds[0]
      ? Promise.reject(new Error("its history is too large"))
      : Promise.resolve({ status: "running", failing: null });
  };

  await expect(findLost(deps({ readRun }), PAGE)).rejects.toThrow("its history is too large");

  expect(read).toEqual(runIds);
});

test("more queued runs than a page holds: each is started, in order, also behind one that cannot be", async () => {
  const started: string[] = [];
  const startRun: SweeperDeps["engine"]["startRun"] = ({ runId }) => {
    started.push(runId);
    return runId === queuedIds[0] ? Promise.reject(new Error("it is odd")) : Promise.resolve("started");
  };

  await expect(startQueued(deps({ startRun }), PAGE)).rejects.toThrow("it is odd");

  expect(started).toEqual(queuedIds);
});

test("more nodes than a page holds: each is watched", async () => {
  const watched: string[] = [];
  const watchNode = (id: string): Promise<void> => {
    watched.push(id);
    return Promise.resolve();
  };

  await watchNodes(deps({ watchNode }), PAGE);

  expect(watched).toEqual(nodeIds);
});

test("more nodes than a page holds: each is compared with its rows, and the last page says that it is the last", async () => {
  const records = reconcileRecords({ db: database.db, page: PAGE } as ReconcileDeps); // the list of workflows is not read
  const listed: string[] = [];
  let after: string | undefined;
  do {
    const page = await records.nodesToReconcile(after === undefined ? {} : { after });
    expect(page.nodeIds.length).toBeLessThanOrEqual(PAGE);
    listed.push(...page.nodeIds);
    after = page.next;
  } while (after !== undefined);

  expect(listed).toEqual(nodeIds);
});
