// The list that is kept up to date is the list, for few bytes, and for nobody who may not read it.
import { applyChanges, digestOf, stampOf } from "@homeport/domain/container/list-changes";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  onlineNode,
  person,
  readyContainer,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../../testing/fixture";
import { refusal } from "../../testing/refusal";
import type { ContainerView } from "../view";
import type { ContainerChanges } from "./changes";

let api: TestApi;
let revisionId: string;
beforeAll(async () => {
  api = await startApi();
  revisionId = await template(api);
});
afterAll(() => api.close());

const GUESTS = 200;
let ada: TestPerson;
let nodeId: string;
let made = 0;
beforeEach(async () => {
  made += 1;
  ada = await person(api, `Ada${made}`);
  nodeId = await onlineNode(api, ada, "pve");
});

const list = async (who = ada) => (await who.caller()).containers.list({ projectId: ada.projectId });
const digest = (rows: readonly ContainerView[]) => digestOf(rows.map(stampOf));

/** What a browser does with its list. */
async function reader(who: TestPerson, lastEventId?: string) {
  const stream = await (await who.caller()).containers.changes({ projectId: ada.projectId, lastEventId });
  const events = stream[Symbol.asyncIterator]();
  return {
    async next(): Promise<[id: string, changes: ContainerChanges]> {
      const { value, done } = await events.next();
      if (done === true) throw new Error("the stream ended");
      return value as unknown as [string, ContainerChanges]; // tRPC's types say {id, data}; in one process it is [id, data, symbol]
    },
    end: () => events.return?.(),
  };
}

async function guests(count: number): Promise<void> {
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "guest-0",
    vmid: 5_000,
  });
  const model = await api.db.container.findUniqueOrThrow({ where: { id: containerId } });
  const { projectId, templateRevisionId, createdById, lifecycle } = model;
  await api.db.container.createMany({
    data: Array.from({ length: count - 1 }, (_, at) => ({
      ...{ projectId, templateRevisionId, createdById, lifecycle, nodeId, spec: model.spec ?? {} },
      hostname: `guest-${at + 1}`,
      vmid: 5_001 + at,
    })),
  });
  await poll((vmid) => vmid % 50);
}

/** As the worker writes what a node lists: all at once, then the row whose trigger wakes the readers. */
async function poll(percentOf: (vmid: number) => number): Promise<void> {
  api.clock.now = new Date(api.clock.now.getTime() + 5_000);
  const rows = await api.db.container.findMany({ where: { nodeId, lifecycle: { not: "deleted" } } });
  await api.db.$transaction(async (within) => {
    await within.guestObservation.deleteMany({ where: { nodeId } });
    await within.guestObservation.createMany({
      data: rows.map(({ id, vmid, hostname }) => ({
        nodeId,
        vmid: vmid ?? 0,
        kind: "lxc",
        name: hostname,
        status: "running",
        tags: `homeport-${id.replaceAll("-", "").slice(-12)}`,
        ...{ cpu: percentOf(vmid ?? 0) / 100, maxCpu: 2, mem: percentOf(vmid ?? 0) * 2 ** 20, maxMem: 2 ** 29 },
        ...{ disk: percentOf(vmid ?? 0) * 2 ** 26, maxDisk: 2 ** 33, seenAt: api.clock.now },
      })),
    });
    await within.nodeObservation.upsert({
      where: { nodeId },
      create: { nodeId, seenAt: api.clock.now },
      update: { seenAt: api.clock.now },
    });
  });
}

test("who has the list already gets what is used now; at each poll only what changed, in few bytes", async () => {
  await guests(GUESTS);
  let rows: readonly ContainerView[] = await list();
  const watching = await reader(ada, digest(rows));
  const bytes: number[] = [];
  const taken = async (): Promise<void> => {
    const [id, changes] = await watching.next();
    expect(changes).toMatchObject({ type: "changes", rows: [], gone: [] });
    bytes.push(JSON.stringify(changes).length);
    rows = applyChanges(rows, changes);
    expect(digest(rows)).toBe(id);
  };
  await taken();
  await poll((vmid) => (vmid * 7) % 89); // each of them another
  await taken();
  await poll((vmid) => (vmid * 7) % 89); // none
  await taken();
  await watching.end();
  const shown = (all: readonly ContainerView[]) =>
    all.map(({ usage, ...one }) => ({
      ...one,
      ...{ cpu: Math.round((usage?.cpu ?? 9) * 100), mib: Math.round((usage?.memBytes ?? 0) / 2 ** 20) },
    }));
  expect(shown(rows)).toEqual(shown(await list()));
  const [first = 0, all = 0, none = 0] = bytes;
  expect(Math.max(first, all)).toBeLessThan(GUESTS * 7 + 150);
  expect(none).toBeLessThan(150);
});

test("another list, or none, is to be read; then rows come whole as they change, come and go", async () => {
  await guests(3);
  const watching = await reader(ada);
  expect((await watching.next())[1]).toEqual({ type: "reread" });
  let rows: readonly ContainerView[] = await list();
  const follow = async (until: (all: readonly ContainerView[]) => boolean): Promise<void> => {
    while (!until(rows)) {
      const [id, changes] = await watching.next();
      rows = applyChanges(rows, changes);
      expect(digest(rows)).toBe(id);
    }
    expect(rows.map(({ id }) => id)).toEqual((await list()).map(({ id }) => id));
  };
  const [container] = rows;
  if (container === undefined) throw new Error("there are three");
  const { runId } = await (await ada.caller()).containers.stop({ id: container.id, requestKey: crypto.randomUUID() });
  await follow((all) => all.some(({ activeRun }) => activeRun?.id === runId));
  await readyContainer(api, ada, { nodeId, templateRevisionId: revisionId, hostname: "another", vmid: 6_000 });
  await follow((all) => all.length === 4);
  await api.db.container.updateMany({ where: { nodeId, vmid: 6_000 }, data: { hostname: '<b>é\u2028"' } });
  await follow((all) => all.some(({ hostname }) => hostname.startsWith("<b>")));
  await api.db.guestObservation.updateMany({ where: { nodeId, vmid: 5_001 }, data: { status: "stopped" } });
  await api.db.nodeObservation.updateMany({ where: { nodeId }, data: { uptimeS: { increment: 0 } } });
  await follow((all) => all.some(({ state }) => state === "stopped"));
  await api.db.proxmoxNode.update({ where: { id: nodeId }, data: { state: "unreachable" } });
  await follow((all) => all.every(({ node }) => node.state === "unreachable"));
  await api.db.container.updateMany({ where: { nodeId, vmid: 5_002 }, data: { lifecycle: "deleted" } });
  await follow((all) => all.length === 3);
  await watching.end();
});

test("readers of one project share what is read; one who lost the project reads no more, the other does", async () => {
  await guests(2);
  const bob = await person(api, `Bob${made}`);
  await api.db.projectMember.create({
    data: { projectId: ada.projectId, userId: bob.id, role: "VIEWER", inheritedFromOrg: false },
  });
  const rows = await list(bob);
  const [adas, bobs] = [await reader(ada, digest(rows)), await reader(bob, digest(rows))];
  expect((await bobs.next())[0]).toBe((await adas.next())[0]);
  await api.db.projectMember.deleteMany({ where: { userId: bob.id, projectId: ada.projectId } });
  await poll(() => 77);
  expect(await refusal(bobs.next())).toMatchObject({ code: "not_found" });
  expect((await adas.next())[1]).toMatchObject({ type: "changes" });
  await adas.end();
});
