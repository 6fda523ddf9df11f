// What does not agree is settled by its owner, once for each click, and refused with words where it must be.
import { randomUUID } from "node:crypto";
import type { Prisma } from "@homeport/db/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  finishRun,
  onlineNode,
  person,
  readyContainer,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";

let api: TestApi;
let ada: TestPerson;
let nodeId: string;
let templateRevisionId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  [nodeId, templateRevisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
});
afterAll(() => api.close());

const config = {
  hostname: "lost",
  cores: "2",
  memory: "1024",
  swap: "0",
  rootfs: "local-lvm:vm-150-disk-0,size=8G",
  net0: "name=eth0,bridge=vmbr0,ip=dhcp",
  unprivileged: "1",
};
const guest = (vmid: number, facts: Prisma.InputJsonObject) =>
  api.db.orphan.create({
    data: {
      kind: "guest_without_row",
      subject: `guest:${nodeId}:${vmid}`,
      userId: ada.id,
      nodeId,
      vmid,
      facts: { hostname: "lost", config, ...facts },
    },
  });
const settle = async (
  id: string,
  action: "adopt" | "resume" | "delete" | "ignore" | "reopen",
  more: { requestKey?: string; name?: string } = {},
) => (await ada.caller()).orphans.settle({ id, projectId: ada.projectId, action, requestKey: randomUUID(), ...more });

test("a guest of a row that was deleted is attached to it again, once, however often the click is sent", async () => {
  const { containerId } = await readyContainer(api, ada, { nodeId, templateRevisionId, hostname: "back", vmid: 140 });
  await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "deleted", deletedAt: new Date() } });
  const { id } = await guest(140, { marker: containerId, row: "deleted", madeBy: "this" });
  await api.db.orphan.update({ where: { id }, data: { containerId } });
  expect((await (await ada.caller()).orphans.list()).items[0]).toMatchObject({
    sentence: "CT 140 on node pve is the guest of a container that was deleted here.",
    container: { hostname: "back", lifecycle: "deleted" },
  });
  const requestKey = randomUUID();
  await settle(id, "adopt", { requestKey });
  await settle(id, "adopt", { requestKey });
  expect(await api.db.container.findUniqueOrThrow({ where: { id: containerId } })).toMatchObject({
    lifecycle: "ready",
    deletedAt: null,
    vmid: 140,
  });
  expect(await api.db.auditLog.count({ where: { action: "orphan.adopt", targetId: id } })).toBe(1);
  expect((await refusal(settle(id, "adopt"))).message).toBe("It is settled already.");
});

test("a guest of a container whose project was deleted since is attached in the project that its node's owner names", async () => {
  const [organization] = await (await ada.caller()).organizations.list();
  const slug = `gone-${randomUUID().slice(0, 8)}`;
  const gone = await (
    await ada.caller()
  ).projects.create({ organizationId: organization?.id ?? "", name: "Gone", slug, requestKey: randomUUID() });
  const { containerId } = await readyContainer(api, ada, { nodeId, templateRevisionId, hostname: "lasts", vmid: 145 });
  await api.db.container.update({
    where: { id: containerId },
    data: { lifecycle: "deleted", deletedAt: new Date(), projectId: gone.id },
  });
  await (await ada.caller()).projects.destroy({ id: gone.id, name: "Gone" });
  const { id } = await guest(145, { marker: containerId, row: "deleted", madeBy: "this" });
  await settle(id, "adopt");
  expect(await api.db.container.findUniqueOrThrow({ where: { id: containerId } })).toMatchObject({
    lifecycle: "ready",
    projectId: ada.projectId,
  });
});

test("a guest whose row was lost with another database gets one of the same id, made from its config; another Homeport's only by its name", async () => {
  const marker = randomUUID();
  const { id } = await guest(150, { marker, madeBy: "other" });
  expect((await refusal(settle(id, "adopt"))).fields).toEqual({ name: "Type lost to confirm." });
  await settle(id, "adopt", { name: "lost" });
  expect(await api.db.container.findUniqueOrThrow({ where: { id: marker } })).toMatchObject({
    hostname: "lost",
    vmid: 150,
    lifecycle: "ready",
    spec: { cores: 2, diskGib: 8, storage: "local-lvm" },
  });
  const adopted = await (await ada.caller()).containers.get({ id: marker });
  expect(adopted.template).toMatchObject({ title: "Adopted" });
  expect((await (await ada.caller()).templates.list()).map(({ name }) => name)).not.toContain("adopted");
});

test("deleting one begins a destroy, which reads the ownership tag again; a copy of a living one is left alone", async () => {
  const marker = randomUUID();
  const { id } = await guest(160, { marker, madeBy: "this" });
  expect((await refusal(settle(id, "delete"))).code).toBe("invalid");
  const { runId } = await settle(id, "delete", { name: "lost" });
  expect(
    await api.db.run.findUniqueOrThrow({ where: { id: runId ?? "" }, include: { container: true } }),
  ).toMatchObject({ kind: "destroy", containerId: marker, container: { vmid: 160, lifecycle: "failed" } });
  expect(api.engine.asked).toContain(`start ${runId ?? ""}`);
  await finishRun(api, runId ?? "");
  const copy = await guest(161, { marker, row: "copy", copyOf: 160 });
  expect((await refusal(settle(copy.id, "delete", { name: "lost" }))).message).toContain("It is a copy");
  const [view] = (await (await ada.caller()).orphans.list()).items;
  expect(view?.actions.map(({ action, reason }) => [action, reason === undefined])).toEqual([
    ["adopt", false],
    ["delete", false],
    ["ignore", true],
  ]);
  await settle(copy.id, "ignore");
  const { counts } = await (await ada.caller()).orphans.list({ state: "ignored" });
  expect(counts).toMatchObject({ ignored: 1 });
  expect(await (await ada.caller()).orphans.openCount()).toBe(counts.open);
  await settle(copy.id, "reopen");
  expect(await api.db.orphan.findUniqueOrThrow({ where: { id: copy.id } })).toMatchObject({ state: "open" });
});

test("a container whose guest is gone is marked as deleted, unless an operation is under way", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId,
    hostname: "gone",
    vmid: 170,
    status: "stopped",
  });
  const { id } = await api.db.orphan.create({
    data: {
      kind: "container_gone",
      subject: `container:${containerId}`,
      userId: ada.id,
      nodeId,
      vmid: 170,
      containerId,
    },
  });
  const { runId } = await (await ada.caller()).containers.start({ id: containerId, requestKey: randomUUID() });
  expect((await refusal(settle(id, "delete"))).code).toBe("conflict");
  await finishRun(api, runId, "failed");
  await settle(id, "delete");
  expect(await api.db.container.findUniqueOrThrow({ where: { id: containerId } })).toMatchObject({
    lifecycle: "deleted",
  });
});

test("a run that nobody works on goes on or is given up, and neither is believed while the engine is away", async () => {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId,
    hostname: "stuck",
    vmid: 180,
    status: "stopped",
  });
  const { runId } = await (await ada.caller()).containers.start({ id: containerId, requestKey: randomUUID() });
  await api.db.run.update({ where: { id: runId }, data: { state: "waiting" } });
  const { id } = await api.db.orphan.create({
    data: {
      kind: "run_without_workflow",
      subject: `run:${runId}`,
      userId: ada.id,
      nodeId,
      containerId,
      runId,
      facts: { run: { kind: "start", state: "waiting" } },
    },
  });
  api.engine.away = true;
  expect((await refusal(settle(id, "resume"))).code).toBe("unavailable");
  expect(await api.db.orphan.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "open" });
  api.engine.away = false;
  await settle(id, "resume");
  expect(api.engine.asked).toContain(`resume-run ${runId}`);
  await api.db.orphan.update({ where: { id }, data: { state: "open" } });
  await settle(id, "delete");
  expect(await api.db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ state: "failed" });
});
