// PUT config and POST lxc over HTTP, as Terraform, Ansible and their kind use them.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLab, raw, type TestLab } from "../test-lab";

let node: TestLab;
let limited: string;
beforeAll(async () => {
  node = await openTestLab();
  await node.create(100);
  await node.create(101);
  await node.start(101);
  await node.lab.users.addUser({ userid: "tf@pve" });
  await node.lab.users.setAcl({ path: "/", authid: "tf@pve", role: "PVEVMAdmin" });
  limited = await node.lab.users.addToken({ tokenId: "tf@pve!tok", privsep: false });
});
afterAll(async () => node.close());

const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
const path = (vmid: number) => `/api2/json/nodes/pve/lxc/${vmid}/config`;
async function put(vmid: number, params: Record<string, string>, headers?: Record<string, string>) {
  const { status, reason, body } = await raw(node.lab, {
    method: "PUT",
    path: path(vmid),
    body: form(params),
    ...(headers === undefined ? {} : { headers, token: false }),
  });
  return status === 200
    ? 200
    : { status, reason, errors: (JSON.parse(body) as { errors?: Record<string, string> }).errors };
}
const get = async (vmid: number, query = "") =>
  (JSON.parse((await raw(node.lab, { path: `${path(vmid)}${query}` })).body) as { data: Record<string, unknown> }).data;
async function pending(vmid: number) {
  const { data } = JSON.parse((await raw(node.lab, { path: path(vmid).replace("/config", "/pending") })).body) as {
    data: { key: string }[];
  };
  return data.filter((row) => "pending" in row || "delete" in row).map((row) => row.key);
}
const as = (id: string, secret: string) => ({ Authorization: `PVEAPIToken=${id}=${secret}` });

test("only `unprivileged` is read-only", async () => {
  expect(await put(100, { unprivileged: "0" })).toMatchObject({
    status: 500,
    reason: "unable to modify read-only option: 'unprivileged'",
  });
  expect(await put(100, { delete: "unprivileged" })).toMatchObject({
    status: 500,
    reason: "unable to delete read-only option: 'unprivileged'",
  });
  expect(await put(100, { arch: "arm64", ostype: "ubuntu" })).toBe(200);
  expect(await put(100, { arch: "amd64", ostype: "debian", template: "0" })).toBe(200);
});

test("the root disk is set as it is read, with its options and its size", async () => {
  expect(await put(100, { rootfs: "local-lvm:vm-100-disk-0,mountoptions=noatime,size=5G" })).toBe(200);
  expect((await get(100))["rootfs"]).toBe("local-lvm:vm-100-disk-0,mountoptions=noatime,size=5G");
  expect((await node.proxmox.lxcStatus("pve", 100)).maxdisk).toBe(5 * 1024 ** 3);
  expect(await put(101, { rootfs: "local-lvm:vm-101-disk-0,acl=1,size=2G" })).toBe(200);
  expect(await pending(101)).toEqual(["rootfs"]);
  expect(await put(101, { revert: "rootfs" })).toBe(200);
  expect(await pending(101)).toEqual([]);
});

test("`storage:GiB` becomes a volume, a mount point taken away is kept as unused, and an unused one can be mounted again or freed", async () => {
  expect(await put(100, { mp0: "local-lvm:1,mp=/data,backup=1" })).toBe(200);
  expect((await get(100))["mp0"]).toBe("local-lvm:vm-100-disk-1,mp=/data,backup=1,size=1G");
  const volids = async () =>
    (await node.proxmox.storageContent("pve", "local-lvm")).filter((row) => row.vmid === 100).map((row) => row.volid);
  expect(await volids()).toEqual(["local-lvm:vm-100-disk-0", "local-lvm:vm-100-disk-1"]);
  expect(await put(100, { delete: "mp0" })).toBe(200);
  expect(await get(100)).toMatchObject({ unused0: "local-lvm:vm-100-disk-1" });
  expect(await put(100, { mp1: "local-lvm:vm-100-disk-1,mp=/again" })).toBe(200);
  const again = await get(100);
  expect([again["mp1"], again["unused0"]]).toEqual(["local-lvm:vm-100-disk-1,mp=/again,size=1G", undefined]);
  await put(100, { delete: "mp1" });
  expect(await put(100, { delete: "unused0" })).toBe(200);
  expect(await volids()).toEqual(["local-lvm:vm-100-disk-0"]);
});

test.each([
  [
    "a volume that is not there",
    { mp0: "local-lvm:vm-100-disk-9,mp=/x" },
    { status: 400, errors: { mp0: "unable to apply pending change mp0 : no such logical volume pve/vm-100-disk-9\n" } },
  ],
  ["another guest's volume", { mp0: "local-lvm:vm-101-disk-0,mp=/x" }, { status: 400 }],
  [
    "a storage for other things",
    { mp0: "local:1,mp=/x" },
    { status: 500, reason: "storage 'local' does not allow content type 'rootdir' (Container)" },
  ],
  ["a storage that is not there", { mp0: "nope:1,mp=/x" }, { status: 500, reason: "storage 'nope' does not exist" }],
  ["a path that climbs", { mp0: "local-lvm:1,mp=/a/../../etc" }, { status: 400 }],
  [
    "a line feed in a path",
    { mp0: "local-lvm:1,mp=/a\nlxc.x = y" },
    { status: 500, reason: "detected invalid newline inside property 'mp0'" },
  ],
  ["a directory of the node by a token", { mp0: "/srv,mp=/srv" }, { status: 403 }],
  [
    "a device by a token",
    { dev0: "/dev/fuse" },
    { status: 403, reason: "Permission check failed (configuring device passthrough is only allowed for root@pam)" },
  ],
  [
    "a timezone that is none",
    { timezone: "Mars/Olympus" },
    { status: 400, errors: { timezone: "invalid format - invalid time zone 'Mars/Olympus'\n" } },
  ],
  [
    "a startup order that is none",
    { startup: "soon" },
    { status: 400, errors: { startup: "invalid format - unable to parse startup options\n" } },
  ],
  [
    "an MTU above the bridge's",
    { net0: "name=eth0,bridge=vmbr0,mtu=9000" },
    { status: 500, reason: "net0: MTU size '9000' is bigger than bridge MTU '1500'" },
  ],
  ["an unknown option in revert", { revert: "foo" }, { status: 400, errors: { revert: "unknown option 'foo'" } }],
  ["an unknown option in delete", { delete: "foo" }, { status: 400, errors: { delete: "unknown option 'foo'" } }],
  [
    "set and delete at once",
    { memory: "512", delete: "memory" },
    { status: 400, errors: { delete: "you can't use '-memory' and -delete memory' at the same time" } },
  ],
  [
    "set and revert at once",
    { memory: "512", revert: "memory" },
    { status: 400, errors: { revert: "you can't use '-memory' and '-revert memory' at the same time" } },
  ],
  [
    "delete and revert at once",
    { delete: "swap", revert: "swap" },
    { status: 400, errors: { delete: "you can't use '-delete swap' and '-revert swap' at the same time" } },
  ],
])("%s is refused", async (_name, params, refusal) => {
  const before = await get(100);
  expect(await put(100, params)).toMatchObject(refusal);
  expect(await get(100)).toEqual(before);
});

test("an empty value clears, and an empty digest is none", async () => {
  await put(100, { description: "words", tags: "a" });
  expect(await put(100, { description: "", digest: "" })).toBe(200);
  expect("description" in (await get(100))).toBe(false);
});

test("values are kept in Proxmox's form", async () => {
  expect(
    await put(100, {
      nameserver: "1.1.1.1,9.9.9.9",
      searchdomain: "a.test,b.test",
      cpuunits: "50000",
      startup: "order=1,up=30",
      timezone: "host",
      tags: "B;a",
    }),
  ).toBe(200);
  expect(await get(100)).toMatchObject({
    nameserver: "1.1.1.1 9.9.9.9",
    searchdomain: "a.test b.test",
    cpuunits: 10_000,
    startup: "order=1,up=30",
    timezone: "host",
    tags: "a;b",
  });
  expect(await put(100, { net1: "name=eth1,bridge=vmbr0,host-managed=1,hwaddr=BC:24:11:00:00:01" })).toBe(200);
  expect((await get(100))["net1"]).toBe("name=eth1,bridge=vmbr0,host-managed=1,hwaddr=BC:24:11:00:00:01,type=veth");
  expect(await put(100, { entrypoint: "/sbin/init", env: "A=b" })).toBe(200);
});

describe("a token with VM rights only", () => {
  test("may send features that do not change, not others", async () => {
    const who = as("tf@pve!tok", limited);
    expect(await put(100, { features: "nesting=1", memory: "600" }, who)).toBe(200);
    expect(await put(100, { features: "nesting=1,keyctl=1" }, who)).toMatchObject({ status: 403 });
    expect(await put(100, { delete: "features" }, who)).toMatchObject({ status: 403 });
  });

  test("makes no volume where it has no space", async () => {
    expect(await put(100, { mp0: "local-lvm:1,mp=/data" }, as("tf@pve!tok", limited))).toMatchObject({
      status: 403,
      reason: "Permission check failed (/storage/local-lvm, Datastore.AllocateSpace)",
    });
  });
});

test("the config of a snapshot that is not there is a 500 by its name", async () => {
  const { status, reason } = await raw(node.lab, { path: `${path(100)}?snapshot=nope` });
  expect([status, reason]).toEqual([500, "snapshot 'nope' does not exist"]);
});

test("a new guest keeps the options of its disks, and an existing volume is no new disk", async () => {
  const made = await node.create(110, {
    rootfs: "local-lvm:2,acl=1,mountoptions=noatime",
    mp0: "local-lvm:0.5,mp=/data,ro=1",
  });
  expect(made.exitstatus).toBe("OK");
  expect(await get(110)).toMatchObject({
    rootfs: "local-lvm:vm-110-disk-0,acl=1,mountoptions=noatime,size=2G",
    mp0: "local-lvm:vm-110-disk-1,mp=/data,ro=1,size=512M",
  });
  expect((await node.create(111, { rootfs: "local-lvm:vm-110-disk-0" })).exitstatus).toBe(
    "unable to create CT 111 - no such logical volume pve/vm-110-disk-0",
  );
});

test("what a running guest cannot take on waits for its next start", async () => {
  await put(101, { nameserver: "9.9.9.9", cpuunits: "50", mp0: "local-lvm:1,mp=/data" });
  expect(await pending(101)).toEqual(["nameserver"]);
  await put(101, { delete: "mp0" });
  expect(await pending(101)).toEqual(["mp0", "nameserver"]);
  await node.ended(await node.proxmox.rebootLxc("pve", 101));
  expect(await get(101)).toMatchObject({ nameserver: "9.9.9.9", unused0: "local-lvm:vm-101-disk-1" });
});

test("8.4 does not know what came with 9.1", async () => {
  const old = await openTestLab({ version: "8.4" });
  await old.create(100);
  const { body } = await raw(old.lab, { method: "PUT", path: path(100), body: "entrypoint=/bin/sh" });
  await old.close();
  expect(JSON.parse(body)).toMatchObject({
    errors: { entrypoint: "property is not defined in schema and the schema does not allow additional properties" },
  });
});
