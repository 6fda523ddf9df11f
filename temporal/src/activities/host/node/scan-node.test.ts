// How often a node is asked while it is compared with the rows: once for its list, and once for what the list does not tell.
import { guestSignature, type ReadOwner } from "@homeport/domain/container/guest-ownership";
import { ownershipLine, ownershipTag } from "@homeport/domain/container/ownership-tag";
import { ProxmoxError, type LxcConfig, type Resource } from "@homeport/proxmox";
import { expect, test } from "vitest";
import type { NewReadOwner, NodeRows } from "../../reconcile-ports";
import type { Host } from "../deps";
import { compareNode } from "./scan-node";

const idOf = (index: number): string => `01890a5d-ac96-774b-bcce-${String(index).padStart(12, "0")}`;
const listed = (index: number, more: Partial<Resource> = {}): Resource => ({
  id: `lxc/${100 + index}`,
  type: "lxc",
  node: "pve",
  vmid: 100 + index,
  name: `c-${index}`,
  status: "running",
  ...more,
});
const row = (index: number, more: Partial<NodeRows["containers"][number]> = {}): NodeRows["containers"][number] => ({
  id: idOf(index),
  vmid: 100 + index,
  hostname: `c-${index}`,
  lifecycle: "ready",
  active: null,
  read: null,
  gone: false,
  ...more,
});
const rows = (containers: NodeRows["containers"]): NodeRows => ({
  containers,
  ownedTags: new Set(containers.map(({ id, vmid }) => `${vmid} ${ownershipTag(id)}`)),
  busy: new Set(),
});

/** A node that counts what it is asked. */
function node(guests: Resource[], configOf: (vmid: number) => LxcConfig | ProxmoxError | null) {
  const asked: string[] = [];
  const remembered: NewReadOwner[] = [];
  const proxmox = {
    resources: () => {
      asked.push("list");
      return Promise.resolve(guests);
    },
    lxcConfig: (_: string, vmid: number) => {
      asked.push(`config ${vmid}`);
      const config = configOf(vmid);
      if (config instanceof ProxmoxError) return Promise.reject(config);
      return config ? Promise.resolve(config) : Promise.reject(new ProxmoxError("missing", "it does not exist"));
    },
    tasks: () => Promise.resolve([]),
  };
  const host = { pveName: "pve", name: "pve", proxmox } as unknown as Host; // all that a look asks
  const scan = {
    host,
    nodeId: "n",
    installationId: "i",
    signal: new AbortController().signal,
    remember: (marks: readonly NewReadOwner[]) => {
      remembered.push(...marks);
      return Promise.resolve();
    },
  };
  return { asked, remembered, scan: (all: NodeRows) => compareNode(scan, all) };
}

test("two hundred guests that bear our tags take one request", async () => {
  const all = Array.from({ length: 200 }, (_, index) => index);
  const here = node(
    all.map((index) => listed(index, { tags: ownershipTag(idOf(index)) })),
    () => null,
  );
  expect(await here.scan(rows(all.map((index) => row(index))))).toEqual([]);
  expect(here.asked).toEqual(["list"]);
});

test("a guest whose tag was removed by hand is read once, is ours by its note, and is not read again", async () => {
  const all = Array.from({ length: 200 }, (_, index) => index);
  const here = node(
    all.map((index) => listed(index)),
    (vmid) => ({ digest: "d", description: `${ownershipLine(idOf(vmid - 100))}\n` }),
  );
  expect(await here.scan(rows(all.map((index) => row(index))))).toEqual([]);
  expect(here.asked).toHaveLength(201);
  const marks = new Map(here.remembered.map(({ containerId, ...mark }): [string, ReadOwner] => [containerId, mark]));
  expect(marks.get(idOf(7))).toEqual({
    signature: guestSignature({ kind: "lxc", name: "c-7", tags: null }),
    holder: null,
  });
  here.asked.length = 0;
  expect(await here.scan(rows(all.map((index) => row(index, { read: marks.get(idOf(index)) ?? null }))))).toEqual([]);
  expect(here.asked).toEqual(["list"]);
});

test("another guest at the VMID is reported, remembered, and read anew when the list says something else of it", async () => {
  const here = node([listed(1, { name: "thief" })], () => ({ digest: "d" }));
  const holder = "a container that Homeport did not make";
  const reported = [{ kind: "container_gone", containerId: idOf(1), facts: { holder } }];
  expect(await here.scan(rows([row(1)]))).toMatchObject(reported);
  const read = { signature: guestSignature({ kind: "lxc", name: "thief", tags: null }), holder };
  expect(here.remembered).toEqual([{ containerId: idOf(1), ...read }]);
  expect(await here.scan(rows([row(1, { read })]))).toMatchObject(reported);
  expect(await here.scan(rows([row(1, { read: { ...read, signature: "of before" } })]))).toMatchObject(reported);
  expect(here.asked).toEqual(["list", "config 101", "list", "list", "config 101"]);
});

test("a guest that is not on the list is asked for until that was reported, and not after", async () => {
  const here = node([], () => null);
  expect(await here.scan(rows([row(1)]))).toMatchObject([{ kind: "container_gone", facts: { holder: null } }]);
  expect(await here.scan(rows([row(1, { gone: true })]))).toMatchObject([
    { kind: "container_gone", facts: { holder: null } },
  ]);
  expect(here.asked).toEqual(["list", "config 101", "list"]);
});

test("one guest that cannot be read is reported with its reason, and the others are compared all the same", async () => {
  const kinds = ["malformed", "server", "permission"] as const;
  for (const kind of kinds) {
    const here = node(
      [
        listed(1),
        listed(2, { name: "thief" }),
        listed(3, { tags: "homeport-0123456789ab" }),
        listed(4, { tags: "homeport-0123456789cd" }),
      ],
      (vmid) => {
        if (vmid === 102) return { digest: "d" };
        if (vmid === 104) return { digest: "d", description: ownershipLine(idOf(99)) };
        return new ProxmoxError(kind, "unable to parse config");
      },
    );
    const found = await here.scan(rows([row(1), row(2)]));
    expect(found.map(({ subject }) => subject)).toEqual([
      `container:${idOf(1)}`,
      `container:${idOf(2)}`,
      "guest:n:103",
      "guest:n:104",
    ]);
    expect(found.map(({ facts }) => facts.unread !== undefined)).toEqual([true, false, true, false]);
    expect(here.remembered.map(({ containerId }) => containerId)).toEqual([idOf(2)]);
  }
});

test("a node that does not answer is no bad guest: nothing is concluded, unless it is another node of the cluster", async () => {
  const away = new ProxmoxError("unreachable", "no answer");
  await expect(node([listed(1), listed(2)], () => away).scan(rows([row(1)]))).rejects.toBe(away);
  await expect(node([listed(1)], () => new ProxmoxError("auth", "no")).scan(rows([row(1)]))).rejects.toMatchObject({
    kind: "auth",
  });
  expect(await node([listed(1, { node: "pve2" })], () => away).scan(rows([row(1)]))).toMatchObject([
    { facts: { unread: "node pve2 of its cluster does not answer" } },
  ]);
});
