// DIFFERENCES.md, line by line.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { realCosts } from "./costs";
import { openTestLab, raw, type TestLab } from "./test-lab";

const lines = readFileSync(join(import.meta.dirname, "../DIFFERENCES.md"), "utf8").matchAll(/^\d+\. (.*)$/gm);
const texts = [...lines].map(([, text = ""]) => text);
const asserted = new Set<string>();

let node: TestLab;
beforeAll(async () => {
  node = await openTestLab();
  await node.create(100);
  await node.start(100);
});
afterAll(async () => node.close());

/** Names a line of the document by its beginning; the last test checks that none is left out. */
function differs(beginning: string, check: () => Promise<void>): void {
  const text = texts.find((candidate) => candidate.startsWith(beginning));
  if (text === undefined) throw new Error(`DIFFERENCES.md has no line that begins with: ${beginning}`);
  asserted.add(text);
  test(text, check);
}

const status = async (method: string, path: string) =>
  (await raw(node.lab, { method, path: `/api2/json${path}` })).status;

differs("What the lab does not have is 501", async () => {
  // not-there.test.ts goes through the list.
  expect(await status("POST", "/nodes/pve/vzdump")).toBe(501);
  const create = (body: string) => raw(node.lab, { method: "POST", path: "/api2/json/nodes/pve/lxc", body });
  expect((await create("vmid=150&restore=1&ostemplate=local%3Abackup%2Fx")).status).toBe(501);
  expect((await create("vmid=150&ha-managed=1&ostemplate=local%3Avztmpl%2Fx")).status).toBe(501);
});

differs("Directories and devices", async () => {
  const ssh = await node.ssh();
  const set = async (...args: string[]) => (await ssh.exec(["pct", "set", "100", ...args])).stderr.trim();
  expect(await set("--mp0", "/srv,mp=/srv")).toBe("mp0: the lab binds no directory of the machine into a container");
  expect(await set("--dev0", "/dev/fuse")).toBe("dev0: the lab passes no devices to a container");
});

differs("`/api2/extjs`", async () => {
  expect((await raw(node.lab, { path: "/api2/extjs/version" })).status).toBe(404);
  expect((await raw(node.lab, { path: "/" })).status).toBe(404);
});

differs("There is one node", async () => {
  expect((await node.proxmox.nodes()).map((row) => row.node)).toEqual(["pve"]);
  expect((await node.proxmox.clusterStatus()).map((row) => row.type)).toEqual(["node"]);
});

differs("A 401 waits", async () => {
  // This lab was told 0: the answer is there although no time passes in between.
  expect((await raw(node.lab, { path: "/api2/json/version", token: false })).status).toBe(401);
});

differs("Bridge `vmbr0`", async () => {
  expect((await node.proxmox.storages("pve")).map((row) => row.storage)).toEqual(["local", "local-lvm"]);
  await node.create(111, { net0: "name=eth0,bridge=vmbr1" });
  expect((await node.start(111)).exitstatus).toBe("bridge 'vmbr1' does not exist");
});

differs("Tasks are short", async () => {
  const all = await Promise.all([120, 121, 122, 123].map((vmid) => node.create(vmid)));
  expect(all.map((task) => task.exitstatus)).toEqual(["OK", "OK", "OK", "OK"]);
});

differs("The API and `pct` cost nothing", async () => {
  const slept: number[] = [];
  const slow = await openTestLab({ clock: { now: Date.now, sleep: (ms) => (slept.push(ms), Promise.resolve()) } });
  await slow.create(100);
  const ssh = await slow.ssh();
  const ask = async () => {
    slept.length = 0;
    await slow.proxmox.version();
    await ssh.exec(["pct", "status", "100"]);
    return slept;
  };
  expect(await ask()).toEqual([]);
  await slow.lab.faults.costs(realCosts);
  const [rest = 0, pct = 0, ...more] = await ask();
  expect(more).toEqual([]);
  expect(Math.abs(rest - realCosts.restMs)).toBeLessThanOrEqual(1);
  expect(Math.abs(pct - realCosts.pctMs)).toBeLessThanOrEqual(120);
  await slow.close();
});

differs("The node's own memory", async () => {
  expect((await node.proxmox.nodeStatus("pve")).memory?.total).toBe(32 * 1024 ** 3);
});

differs("Memory guests have addresses", async () => {
  const eth0 = async (vmid: number) =>
    (await node.proxmox.lxcInterfaces("pve", vmid))?.find((iface) => iface.name === "eth0")?.inet;
  expect(await eth0(100)).toMatch(/^127\.77\.\d+\.\d+\/8$/);
  await node.create(112, { net0: "name=eth0,bridge=vmbr0,ip=10.77.0.5/24,gw=10.77.0.1" });
  await node.start(112);
  expect(await eth0(112)).toBe("10.77.0.5/24");
});

differs("Inside a memory guest", async () => {
  expect((await (await node.pct()).exec(100, ["apt-get", "update"])).code).toBe(127);
});

differs("A script in a memory guest", async () => {
  // memory.test.ts plays whole scripts; here only that nothing is executed on this machine.
  const { planScript } = await import("./memory/plan");
  const { createFs } = await import("./shell/memory-fs");
  const events = await planScript("some-unknown-command && echo went on\n# lab: exit 7", {
    fs: createFs(),
    env: {},
    packages: [],
  });
  expect(events.map(({ output, exit }) => output ?? exit)).toEqual(["went on\n", 7]);
});

differs("The SSH server gives commands", async () => {
  const ssh = await node.ssh();
  expect((await ssh.exec(["cat", import.meta.filename])).code).toBe(1);
  expect((await ssh.exec(["id"])).stdout.toString()).toContain("uid=0(root)");
  expect((await ssh.exec(["systemctl", "status"])).code).toBe(127);
});

differs("Task process ids", async () => {
  const [newer, older] = await node.proxmox.tasks("pve", { source: "all", limit: 2 });
  expect(newer?.pid).toBe((older?.pid ?? 0) + 1);
});

differs("`/lab` on the HTTPS port", async () => {
  expect((await raw(node.lab, { method: "POST", path: "/lab/faults/journal" })).status).toBe(401);
});

differs("The catalogue of OS images", async () => {
  expect((await node.proxmox.appliances("pve")).map(({ template }) => template)).toHaveLength(4);
});

differs("An OS image of the memory backend", async () => {
  const ssh = await node.ssh();
  const image = "/var/lib/vz/template/cache/debian-12-standard_12.12-1_amd64.tar.zst";
  expect((await ssh.exec(["tar", "-tf", image])).code).toBe(64);
  const { code, stderr } = await ssh.exec(["tar", "-xOvv", "--no-recursion", "-f", image, "./etc/services"]);
  expect([code, stderr]).toEqual([
    2,
    "tar: ./etc/services: Not found in archive\ntar: Exiting with failure status due to previous errors\n",
  ]);
});

test("every line of DIFFERENCES.md is asserted", () => {
  expect(texts.filter((text) => !asserted.has(text))).toEqual([]);
});
