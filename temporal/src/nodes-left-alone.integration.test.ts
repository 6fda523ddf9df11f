// Nodes that nobody works for: one that its person removed, whose row stays for the record, and one that is not saved yet.
import { randomBytes } from "node:crypto";
import { createVault } from "@homeport/db/sealing";
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { offerTemplate } from "@homeport/testing/templates";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeRecords } from "./activities/records/node-records";
import { createPlanPorts } from "./activities/records/plan-records";
import { reconcileRecords } from "./activities/records/reconcile-runs";
import { createReconciler } from "./activities/records/reconciler";
import { createSightings } from "./activities/records/sightings";
import { createVmidPorts } from "./activities/records/vmid/vmid-ports";
import { createConnect, createLocate } from "./connect-host";
import { watchNodes } from "./sweeper";

let database: TestDatabase;
let userId: string;
beforeAll(async () => {
  database = await testDatabase();
  ({ id: userId } = await database.db.user.create({
    data: { email: "ada@example.com", name: "Ada", passwordHash: "x" },
  }));
});
afterAll(() => database.close());

/** Even with a state that a late probe may have left. */
async function makeNode(more: { retiredAt: Date } | { draftUntil: Date | null; replacesId?: string }): Promise<string> {
  const pins = { tlsFingerprint: "AA:BB", sshHostKey: "SHA256:abc", pveName: "pve" };
  return (
    await database.db.proxmoxNode.create({
      data: {
        userId,
        name: "pve",
        host: "192.0.2.1",
        tokenId: "t",
        tokenSecret: "",
        ...pins,
        state: "online",
        ...more,
      },
    })
  ).id;
}

async function makeContainer(nodeId: string): Promise<string> {
  const { templateRevisionId } = await offerTemplate(database.db, { name: `t-${nodeId.slice(-8)}` });
  const { id: projectId } = await database.db.project.create({
    data: {
      name: "p",
      slug: nodeId,
      organization: { create: { name: "o", slug: nodeId, members: { create: { userId, role: "OWNER" } } } },
    },
  });
  const { id } = await database.db.container.create({
    data: { projectId, nodeId, templateRevisionId, createdById: userId, hostname: "web", spec: {} },
  });
  return id;
}

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

test.each([
  ["removed", { retiredAt: new Date() }],
  ["not saved yet", { draftUntil: minutes(20) }],
])("one that is %s is not polled, reconciled, planned for or given a VMID", async (_, more) => {
  const { db } = database;
  const nodeId = await makeNode(more);
  const watched: string[] = [];
  // Of the engine only this one call is made.
  await watchNodes({ db, engine: { watchNode: (id: string) => void watched.push(id) } } as unknown as Parameters<
    typeof watchNodes
  >[0]);
  expect(watched).toEqual([]);
  const sightings = createSightings(db);
  expect(await sightings.attention(nodeId)).toBeUndefined();
  expect(await createReconciler(db).rows(nodeId)).toBeUndefined();
  expect(await reconcileRecords({ db } as Parameters<typeof reconcileRecords>[0]).nodesToReconcile({})).toEqual({
    nodeIds: [],
  });
  const spec = { nodeId, templateRevisionId: nodeId } as Parameters<
    ReturnType<typeof createPlanPorts>["plans"]["facts"]
  >[0]["spec"]; // the rest is not read
  await expect(createPlanPorts(db).plans.facts({ spec })).rejects.toThrow("was removed");
  const containerId = await makeContainer(nodeId);
  await expect(createVmidPorts(db).vmids.range(containerId)).rejects.toThrow("was removed");
  await sightings.unreachable(nodeId, { why: "unreachable", node: "pve", at: null, cause: null });
  await sightings.refused(nodeId, { why: "token_refused", node: "pve" });
  expect(await db.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId } })).toMatchObject({
    state: "online",
    stateReason: null,
  });
});

test("one that is removed is not connected to, and what a late probe finds is not kept", async () => {
  const { db } = database;
  const nodeId = await makeNode({ retiredAt: new Date() });
  expect(await createLocate({ db })(nodeId)).toBeUndefined();
  const connect = createConnect({ db, vault: createVault({ current: "k1", keys: { k1: randomBytes(32) } }) });
  await expect(connect(nodeId)).rejects.toThrow("The node was removed from Homeport.");
  const records = nodeRecords({ db } as Parameters<typeof nodeRecords>[0]);
  await records.keepUnreachable({ nodeId, why: { why: "unreachable", node: "pve", at: null, cause: null } });
  expect(await db.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId } })).toMatchObject({
    state: "online",
    stateReason: null,
  });
});
