// Snapshots, clones and templates over HTTP: what comes back is what was there, config and files.

import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLab, raw, type TestLab } from "../test-lab";

let node: TestLab;
beforeAll(async () => {
  node = await openTestLab();
  await node.create(100, { mp0: "local-lvm:1,mp=/data", description: "mine" });
  await node.start(100);
});
afterAll(async () => node.close());

const base = "/api2/json/nodes/pve/lxc";
async function ask<T = unknown>(method: string, path: string, params: Record<string, string> = {}): Promise<T> {
  const text = new URLSearchParams(params).toString();
  const inQuery = method === "GET" || method === "DELETE";
  const { status, reason, body } = await raw(node.lab, {
    method,
    path: `${base}${path}${inQuery && text !== "" ? `?${text}` : ""}`,
    ...(inQuery ? {} : { body: text }),
  });
  if (status !== 200) throw new Error(`${status} ${reason} ${body}`);
  return (JSON.parse(body) as { data: T }).data;
}
const task = async (method: string, path: string, params?: Record<string, string>) =>
  (await node.ended(await ask<string>(method, path, params))).exitstatus;
const config = (vmid: number) => ask<Record<string, unknown>>("GET", `/${vmid}/config`);
const write = async (vmid: number, file: string, text: string) =>
  (await (await node.pct()).exec(vmid, ["sh", "-c", `echo ${text} >${file}`])).code;
const read = async (vmid: number, file: string) =>
  (await (await node.pct()).exec(vmid, ["cat", file])).stdout.toString();

test("a snapshot brings back config and files of every mounted volume", async () => {
  await write(100, "/root/a", "before");
  await write(100, "/data/b", "before");
  expect(await task("POST", "/100/snapshot", { snapname: "s1", description: "first" })).toBe("OK");
  await write(100, "/root/a", "after");
  await write(100, "/data/b", "after");
  await ask("PUT", "/100/config", { memory: "700", description: "other words", mp1: "local-lvm:1,mp=/late" });

  expect(await task("POST", "/100/snapshot/s1/rollback", { start: "1" })).toBe("OK");
  const back = await config(100);
  expect(back).toMatchObject({
    memory: 512,
    parent: "s1",
    description: "other words\n",
    unused0: "local-lvm:vm-100-disk-2",
  });
  expect(back["mp1"]).toBeUndefined();
  await expect.poll(async () => (await node.proxmox.lxcStatus("pve", 100)).status).toBe("running");
  expect([await read(100, "/root/a"), await read(100, "/data/b")]).toEqual(["before\n", "before\n"]);
});

test("the list shows the line of descent and what is now", async () => {
  await task("POST", "/100/snapshot", { snapname: "s2" });
  const rows = await ask<Record<string, unknown>[]>("GET", "/100/snapshot");
  expect(rows).toMatchObject([
    { name: "s1", description: "first\n" },
    { name: "s2", description: "", parent: "s1" },
    { name: "current", description: "You are here!", parent: "s2", running: 1 },
  ]);
  expect(Number(rows[0]?.["snaptime"])).toBeGreaterThan(1_700_000_000);
  await ask("PUT", "/100/snapshot/s2/config", { description: "second" });
  expect(await ask("GET", "/100/snapshot/s2/config")).toMatchObject({
    description: "second\n",
    memory: 512,
    snaptime: expect.any(Number) as number,
  });
  expect(await ask("GET", "/100/config", { snapshot: "s2" })).toMatchObject({
    parent: "s1",
    digest: expect.any(String) as string,
  });
});

test("deleting one links its child to its parent, and survives a restart of the lab", async () => {
  expect(await task("DELETE", "/100/snapshot/s1")).toBe("OK");
  await node.restart();
  expect(await ask("GET", "/100/snapshot")).toMatchObject([{ name: "s2" }, { name: "current", parent: "s2" }]);
  expect(await task("POST", "/100/snapshot/s2/rollback")).toBe("OK");
  expect((await node.proxmox.lxcStatus("pve", 100)).status).toBe("stopped");
});

test.each([
  [
    {
      what: "a name that is taken",
      method: "POST",
      path: "/100/snapshot",
      params: { snapname: "s2" },
      text: "snapshot name 's2' already used",
    },
  ],
  [
    {
      what: "no such snapshot to delete",
      method: "DELETE",
      path: "/100/snapshot/nope",
      params: {},
      text: "snapshot 'nope' does not exist",
    },
  ],
  [
    {
      what: "no such snapshot to go back to",
      method: "POST",
      path: "/100/snapshot/nope/rollback",
      params: {},
      text: "snapshot 'nope' does not exist",
    },
  ],
])("$what fails in the task", async ({ method, path, params, text }) => {
  expect(await task(method, path, params)).toBe(text);
});

test.each([
  ["a digit first", { snapname: "1bad" }, /400 .*invalid configuration ID '1bad'/],
  ["one letter", { snapname: "a" }, /400 .*invalid configuration ID 'a'/],
  ["a reserved name", { snapname: "current" }, /500 unable to use snapshot name 'current' \(reserved name\)/],
])("a snapshot's name: %s is refused at once", async (_name, params, text) => {
  await expect(ask("POST", "/100/snapshot", params)).rejects.toThrow(text);
});

test("while one is taken the guest is locked", async () => {
  await node.restart({ scale: 1 });
  const upid = await ask<string>("POST", "/100/snapshot", { snapname: "slow" });
  await expect.poll(async () => (await config(100))["lock"]).toBe("snapshot");
  await node.ended(upid);
  await node.restart({ scale: 0 });
  expect((await config(100))["lock"]).toBeUndefined();
});

test("a clone has all files, its own name and MAC, no snapshots, and goes its own way", async () => {
  expect(await task("POST", "/100/clone", { newid: "101", hostname: "copy", full: "1" })).toBe("OK");
  const [source, copy] = [await config(100), await config(101)];
  expect(copy).toMatchObject({
    hostname: "copy",
    rootfs: "local-lvm:vm-101-disk-0,size=2G",
    mp0: "local-lvm:vm-101-disk-1,mp=/data,size=1G",
  });
  expect([copy["parent"], copy["unused0"], copy["lock"], source["lock"]]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(copy["net0"]).not.toBe(source["net0"]);
  await node.start(101);
  expect([await read(101, "/data/b"), await read(101, "/etc/hostname")]).toEqual(["before\n", "copy\n"]);
  await write(101, "/data/b", "mine");
  await node.start(100);
  expect(await read(100, "/data/b")).toBe("before\n");
});

test("a running guest is copied from a snapshot only", async () => {
  await expect(ask("POST", "/100/clone", { newid: "102" })).rejects.toThrow(
    "500 Full clone of a running container is only possible from a snapshot",
  );
  expect(await task("POST", "/100/clone", { newid: "102", snapname: "s2" })).toBe("OK");
  await expect(ask("POST", "/100/clone", { newid: "102", snapname: "s2" })).rejects.toThrow(
    "CT 102 already exists on node 'pve'",
  );
  await expect(ask("POST", "/100/clone", { newid: "103", full: "0" })).rejects.toThrow(
    "Linked clone feature for 'local-lvm:vm-100-disk-0' is not available",
  );
  expect((await config(100))["lock"]).toBeUndefined();
});

test("a copy that fails leaves neither guest nor lock", async () => {
  await node.lab.faults.failTask({ type: "vzclone", error: "no space" });
  expect(await task("POST", "/102/clone", { newid: "104" })).toBe("clone failed: no space");
  await expect(config(104)).rejects.toThrow("does not exist");
  expect((await config(102))["lock"]).toBeUndefined();
});

test("a template is not started or snapshotted, and is copied by links", async () => {
  expect(await ask("POST", "/102/template")).toBeNull();
  expect(await config(102)).toMatchObject({
    template: 1,
    rootfs: "local-lvm:base-102-disk-0,size=2G",
    mp0: "local-lvm:base-102-disk-1,mp=/data,size=1G",
  });
  expect(await task("POST", "/102/status/start")).toBe("you can't start a CT if it's a template");
  expect(await task("POST", "/102/snapshot", { snapname: "no" })).toBe("you can't take a snapshot if it's a template");
  await expect(ask("POST", "/102/template")).rejects.toThrow("you can't convert a template to a template");
  await expect(ask("POST", "/102/clone", { newid: "105", storage: "local-lvm" })).rejects.toThrow(
    "parameter 'storage' not allowed for linked clones",
  );
  const upid = await ask<string>("POST", "/102/clone", { newid: "105" });
  expect((await node.ended(upid)).exitstatus).toBe("OK");
  expect((await node.proxmox.taskLog(upid, { limit: 0 })).lines.map((line) => line.t)).toContain(
    "create linked clone of mount point rootfs (local-lvm:base-102-disk-0)",
  );
  await node.start(105);
  expect(await read(105, "/data/b")).toBe("before\n");
});

test.each([
  [100, "feature=snapshot", 1],
  [100, "feature=copy", 1],
  [100, "feature=clone", 0],
  [100, "feature=clone&snapname=s2", 1],
  [102, "feature=clone", 1],
])("%i with %s: %i", async (vmid, query, hasFeature) => {
  expect(await ask("GET", `/${vmid}/feature?${query}`)).toEqual({ hasFeature });
});

test("a mount point grows, and a destroyed guest takes its volumes along", async () => {
  expect(await task("PUT", "/101/resize", { disk: "mp0", size: "+1G" })).toBe("OK");
  expect((await config(101))["mp0"]).toBe("local-lvm:vm-101-disk-1,mp=/data,size=2G");
  await node.ended(await node.proxmox.destroyLxc("pve", 101, { force: true }));
  expect((await node.proxmox.storageContent("pve", "local-lvm")).filter((row) => row.vmid === 101)).toEqual([]);
});
