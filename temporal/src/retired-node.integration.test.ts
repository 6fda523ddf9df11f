// A node that its person removed: its row stays for the record, and nobody works for it or speaks to it any more.
import { randomBytes } from "node:crypto";
import { createVault } from "@homeport/db/sealing";
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeRecords } from "./activities/records/node-records";
import { createPlanPorts } from "./activities/records/plan-records";
import { reconcileRecords } from "./activities/records/reconcile-runs";
import { createReconciler } from "./activities/records/reconciler";
import { createSightings } from "./activities/records/sightings";
import { createConnect, createLocate } from "./connect-host";
import { watchNodes } from "./sweeper";

let database: TestDatabase;
let nodeId: string;
beforeAll(async () => {
  database = await testDatabase();
  const { id: userId } = await database.db.user.create({ data: { email: "ada@example.com", name: "Ada", passwordHash: "x" } });
  const pins = { tlsFingerprint: "AA:BB", sshHostKey: "SHA256:abc", pveName: "pve" };
  // Even with a state that a late probe may have left.
  nodeId = (await database.db.proxmoxNode.create({ data: { userId, name: "pve", host: "192.0.2.1", tokenId: "t", tokenSecret: "", ...pins, state: "online", retiredAt: new Date() } })).id;
});
afterAll(() => database.close());

test("it is not polled, reconciled, planned for or connected to, and what a late probe finds is not kept", async () => {
  const { db } = database;
  const watched: string[] = [];
  // Of the engine only this one call is made.
  await watchNodes({ db, engine: { watchNode: (id: string) => void watched.push(id) } } as unknown as Parameters<typeof watchNodes>[0]);
  expect(watched).toEqual([]);
  expect(await createSightings(db).attention(nodeId)).toBeUndefined();
  expect(await createReconciler(db).rows(nodeId)).toBeUndefined();
  expect(await reconcileRecords({ db } as Parameters<typeof reconcileRecords>[0]).nodesToReconcile({})).toEqual({ nodeIds: [] });
  expect(await createLocate({ db })(nodeId)).toBeUndefined();
  const connect = createConnect({ db, vault: createVault({ current: "k1", keys: { k1: randomBytes(32) } }) });
  await expect(connect(nodeId)).rejects.toThrow("The node was removed from Homeport.");
  const spec = { nodeId, templateRevisionId: nodeId } as Parameters<ReturnType<typeof createPlanPorts>["plans"]["facts"]>[0]["spec"]; // the rest is not read
  await expect(createPlanPorts(db).plans.facts({ spec })).rejects.toThrow("was removed");
  const records = nodeRecords({ db } as Parameters<typeof nodeRecords>[0]);
  await records.keepUnreachable({ nodeId, why: "late" });
  await createSightings(db).unreachable(nodeId, "late");
  expect(await db.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId } })).toMatchObject({ state: "online", stateReason: null });
});
