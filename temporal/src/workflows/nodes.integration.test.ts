// A node is looked at before it is trusted, reported on line by line, and watched from then on.
import { randomUUID } from "node:crypto";
import { NodeInventory, type NodeReport } from "@homeport/domain/node/node-report";
import { Prisma } from "@homeport/db/client";
import type { ProxmoxNode } from "@homeport/db/types";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { Client, Connection } from "@temporalio/client";
import { checkWorkflowId } from "@homeport/domain/run/workflow-id";
import { watchWorkflowId } from "../contract";
import { watchNodes } from "../sweeper";
import { openFixture, type Fixture } from "../testing/fixture";
import type { Branch } from "../testing/branches";
import { keepHistory } from "../testing/keep-history";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
let pins: { tlsFingerprint: string | null; sshHostKey: string | null };
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});
beforeEach(() => {
  pins = { tlsFingerprint: fixture.lab.fingerprint, sshHostKey: fixture.lab.hostKey };
});

test("an unconfirmed node is only looked at: its certificate and host key are shown, nothing is sent", async () => {
  await set({ tlsFingerprint: null, sshHostKey: null, state: "unverified", pveName: null, probing: true });
  const node = await probed();
  expect(node).toMatchObject({
    state: "unverified",
    seenTlsFingerprint: fixture.lab.fingerprint,
    seenSshHostKey: fixture.lab.hostKey,
    probing: false,
    report: null,
  });
  expect(node.seenCertificate).toMatchObject({ fingerprint: fixture.lab.fingerprint });
  await keep("probe-unconfirmed", probeOf());
});

test("a confirmed node is reported on line by line, with what it offers", async () => {
  await set({ ...pins, state: "needs_attention", pveName: null, probing: true });
  const node = await probed();
  expect(node).toMatchObject({ state: "online", stateReason: null, pveName: "pve" });
  expect(node.pveVersion).toMatch(/^9\./);
  const { lines } = node.report as NodeReport; // written by keepInspection
  expect(lines.map(({ id, state }) => `${id} ${state}`)).toEqual([
    "api ok",
    "version ok",
    "privileges ok",
    "ssh ok",
    "pct ok",
    "storage ok",
    "templates ok",
    "bridges ok",
    "os-templates ok",
  ]);
  await keep("probe", probeOf());
  const inventory = NodeInventory.parse(node.inventory);
  expect(inventory.bridges.map(({ name }) => name)).toEqual(["vmbr0"]);
  expect(inventory.osTemplates.map(({ volid }) => volid).join()).toContain("debian-12-standard");
});

test("a token without rights needs attention: each missing privilege by name and path, with the one command that grants them", async () => {
  const tokenId = "viewer@pve!homeport";
  await fixture.lab.users.addUser({ userid: "viewer@pve" });
  const secret = await fixture.lab.users.addToken({ tokenId, privsep: false });
  for (const [path, role] of [
    ["/nodes", "PVEAuditor"],
    ["/storage", "PVEDatastoreUser"],
    ["/sdn/zones/localnetwork", "PVESDNUser"],
  ] as const) {
    await fixture.lab.users.setAcl({ path, authid: "viewer@pve", role });
  }
  const before = await row();
  await set({
    ...pins,
    tokenId,
    tokenSecret: fixture.vault.seal({ table: "ProxmoxNode", row: fixture.nodeId, column: "tokenSecret" }, secret),
    probing: true,
  });
  const node = await probed();
  expect(node.state).toBe("needs_attention");
  const { lines } = node.report as NodeReport; // written by keepInspection
  const missing = lines.filter(({ state }) => state === "failed");
  expect(missing).toMatchObject([
    { id: "privileges", fix: `pveum acl modify /vms --users viewer@pve --tokens '${tokenId}' --roles PVEVMAdmin` },
  ]);
  expect(missing[0]?.detail).toContain("VM.Allocate");
  await set({ tokenId: before.tokenId, tokenSecret: before.tokenSecret });
});

test("a refused token, a wrong password and a node that is away are each told apart", async () => {
  await set({ ...pins, state: "online" });
  await fixture.lab.faults.revokeToken();
  expect((await probed()).stateReason).toMatchObject({
    why: "report",
    detail: expect.stringContaining("refused the API token") as string,
  });
  await fixture.lab.faults.restoreToken();

  const { sshPassword } = await row();
  await set({
    sshPassword: fixture.vault.seal({ table: "ProxmoxNode", row: fixture.nodeId, column: "sshPassword" }, "wrong"),
  });
  expect((await probed()).stateReason).toMatchObject({
    why: "report",
    detail: expect.stringContaining("refused the SSH password") as string,
  });
  await set({ sshPassword });

  await fixture.lab.faults.unreachable({ ms: 60_000 });
  expect(await probed()).toMatchObject({ state: "unreachable", probing: false });
  await keep("probe-unreachable", probeOf());
  await fixture.lab.faults.unreachable({ ms: 0 });
  expect((await probed()).state).toBe("online");
});

test("a draft is tested with its own secrets, beside the node that it would change, which nothing happens to", async () => {
  await set({ ...pins, state: "online" });
  const before = await row();
  const { name, host, port, sshPort, sshUser, tokenId, userId } = before;
  const id = randomUUID();
  const secret = fixture.vault.open(
    { table: "ProxmoxNode", row: fixture.nodeId, column: "tokenSecret" },
    before.tokenSecret,
  );
  const tokenSecret = fixture.vault.seal({ table: "ProxmoxNode", row: id, column: "tokenSecret" }, secret);
  const draftUntil = new Date(Date.now() + 600_000);
  await fixture.db.proxmoxNode.create({
    data: {
      id,
      userId,
      name,
      host,
      port,
      sshPort,
      sshUser,
      tokenId,
      tokenSecret,
      ...pins,
      state: "needs_attention",
      probing: true,
      draftUntil,
      replacesId: fixture.nodeId,
    },
  });
  const draft = () => fixture.db.proxmoxNode.findUniqueOrThrow({ where: { id } });
  await worker.engine.probe(id);
  await eventually(async () => !(await draft()).probing);
  const { lines } = (await draft()).report as NodeReport; // written by keepInspection
  expect(lines.find((line) => line.id === "api")).toMatchObject({ state: "ok" });
  expect(lines.find((line) => line.id === "ssh")).toMatchObject({ state: "failed" }); // it was given no password
  expect(await draft()).toMatchObject({ pveName: "pve", draftUntil });
  expect(await row()).toEqual(before);

  // Discarded while it is being tested: what the test finds belongs to nobody.
  await fixture.db.proxmoxNode.update({ where: { id }, data: { probing: true } });
  await worker.engine.probe(id);
  await fixture.db.proxmoxNode.delete({ where: { id } });
  const connection = await Connection.connect({ address: inject("temporalAddress") });
  await new Client({ connection }).workflow.getHandle(checkWorkflowId({ id, name })).result();
  await connection.close();
  expect(await fixture.db.proxmoxNode.findUnique({ where: { id } })).toBeNull();
});

test("a storage that hangs is named with its reason; the rest of the inventory is whole, and what was known of it stays", async () => {
  await set({ ...pins, state: "online", probing: true });
  const before = NodeInventory.parse((await probed()).inventory);
  await fixture.lab.faults.answerWith({ path: "/storage/local/content", status: 596, reason: "Connection timed out" });
  const node = await probed();
  expect(node).toMatchObject({ state: "online", stateReason: null });
  const { lines } = node.report as NodeReport; // written by keepInspection
  expect(lines.find(({ id }) => id === "content:local")).toMatchObject({
    state: "warning",
    detail: expect.stringContaining("the node gave up on it (596 Connection timed out)") as unknown,
  });
  expect(NodeInventory.parse(node.inventory)).toEqual({ ...before, unreadStorages: ["local"] });

  await fixture.lab.faults.dropRequest({ path: "/storage/local/content" });
  await set({ inventory: Prisma.DbNull });
  const fresh = await probed();
  expect(fresh.state).toBe("online");
  expect(NodeInventory.parse(fresh.inventory)).toMatchObject({
    bridges: before.bridges,
    osTemplates: [],
    unreadStorages: ["local"],
  });
  expect(NodeInventory.parse((await probed()).inventory)).toEqual(before);
});

test("a changed host key stops the node until it is confirmed again", async () => {
  await set({ ...pins });
  await fixture.lab.faults.changeHostKey();
  const changed = await probed();
  expect(changed).toMatchObject({ state: "key_changed", seenSshHostKey: fixture.lab.hostKey });
  expect(changed.stateReason).toEqual({ why: "keys_changed", keys: ["ssh_host_key"] });
  await set({ sshHostKey: fixture.lab.hostKey, state: "needs_attention" });
  expect((await probed()).state).toBe("online");
});

test("a watched node shows its guests, notices a look soon, says when it is away and recovers by itself", async () => {
  await set({ state: "online", lookedAt: new Date() });
  await fixture.lab.faults.createForeignGuest({ vmid: 901, hostname: "seen", running: true });
  await watchNodes({ db: fixture.db, engine: worker.engine, log: () => undefined });
  await eventually(async () => (await guest(901))?.status === "running");

  await fixture.lab.faults.unreachable({ ms: 120_000 });
  await view();
  await eventually(async () => (await row()).state === "unreachable");
  expect((await guest(901))?.status).toBe("running"); // with the age it has

  await fixture.lab.faults.unreachable({ ms: 0 });
  await fixture.lab.faults.deleteGuest({ vmid: 901 });
  await view();
  await eventually(async () => (await row()).state === "online" && (await guest(901)) === null);
  await keep("watch", watchWorkflowId(fixture.nodeId));
});

test("a node that was removed meanwhile is not looked at any more", async () => {
  const nodeId = randomUUID();
  await worker.engine.probe(nodeId);
  const connection = await Connection.connect({ address: inject("temporalAddress") });
  await new Client({ connection }).workflow.getHandle(checkWorkflowId({ id: nodeId, name: "" })).result();
  await connection.close();
  await keep("probe-deleted", checkWorkflowId({ id: nodeId, name: "" }));
});

const probeOf = (): string => checkWorkflowId({ id: fixture.nodeId, name: "lab" });
const keep = (name: Branch, workflowId: string) =>
  keepHistory(name, workflowId, { address: inject("temporalAddress"), codec: fixture.codec });

const set = (data: Parameters<Fixture["db"]["proxmoxNode"]["update"]>[0]["data"]) =>
  fixture.db.proxmoxNode.update({ where: { id: fixture.nodeId }, data });
const row = () => fixture.db.proxmoxNode.findUniqueOrThrow({ where: { id: fixture.nodeId } });
const guest = (vmid: number) =>
  fixture.db.guestObservation.findUnique({ where: { nodeId_vmid: { nodeId: fixture.nodeId, vmid } } });
const view = () => set({ lookedAt: new Date() });

async function probed(): Promise<ProxmoxNode> {
  await set({ probing: true });
  await worker.engine.probe(fixture.nodeId);
  await eventually(async () => !(await row()).probing);
  return row();
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 480_000; Date.now() < deadline;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `it did not come true in time: ${JSON.stringify(await row(), (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value))}`,
  );
}
