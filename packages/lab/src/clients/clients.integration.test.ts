// proxmoxer (PyPI) and go-proxmox (the Go proxy) create, change, snapshot, clone, resize and destroy on the memory lab.

import { afterEach, beforeEach, expect, test, type TestContext } from "vitest";
import { openTestLab, type TestLab } from "../test-lab";
import { goProxmox, proxmoxer, steps, type Client, type Step } from "./clients";

let node: TestLab;
beforeEach(async () => {
  node = await openTestLab({ guestAddresses: "routable" });
});
afterEach(async () => node.close());

/** The steps, or a skip by name with its reason; CI has what the clients need and may not skip. */
async function played(client: Client, context: TestContext): Promise<Step[]> {
  const prepared = await client.prepare();
  if ("missing" in prepared) {
    if (process.env["CI"] === "true")
      throw new Error(`${client.name} cannot run, and CI may not skip it: ${prepared.missing}.`);
    return context.skip(`${client.name}: ${prepared.missing}.`);
  }
  return steps(node.lab, prepared);
}

/** The first time it fetches and compiles. */
const timeoutMs = 900_000;
const ok = (...names: string[]): Step[] => names.map((step) => ({ step, value: "OK" }));

test("proxmoxer", { timeout: timeoutMs }, async (context) => {
  const life = (vmid: number): Step[] => [
    ...ok("create"),
    {
      step: "config",
      value: {
        hostname: "by-proxmoxer",
        description: "a; b=c & d\nzwei: ä\n",
        rootfs: `local-lvm:vm-${vmid}-disk-0,size=2G`,
        mp0: `local-lvm:vm-${vmid}-disk-1,mp=/data,size=1G`,
        memory: 256,
      },
    },
    {
      step: "changed",
      value: {
        memory: 512,
        tags: "a;b",
        nameserver: "1.1.1.1 9.9.9.9",
        description: null,
        rootfs: `local-lvm:vm-${vmid}-disk-0,size=2G`,
      },
    },
    ...ok("start"),
    { step: "running", value: "running" },
    { step: "address", value: [expect.stringMatching(/^198\.18\.\d+\.\d+\/15$/)] },
    ...ok("resize", "snapshot"),
    { step: "snapshots", value: ["first", "current"] },
    ...ok("clone", "rollback", "delete snapshot"),
    { step: "grown", value: [`local-lvm:vm-${vmid}-disk-0,size=3G`, "copy"] },
    { step: "pool", value: [vmid, vmid + 1] },
    ...ok("destroy", "destroy"),
    { step: "left", value: [] },
  ];
  expect(await played(proxmoxer, context)).toEqual([
    { step: "version", value: "9.2.11" },
    ...life(301),
    { step: "signed in", value: "root@pam" },
    ...life(303),
    ...ok("upload"),
    { step: "uploaded", value: [14] },
    ...ok("removed"),
    { step: "small reads", value: [[], [], 2] },
    { step: "missing", value: [500, "Configuration file 'nodes/pve/lxc/999.conf' does not exist"] },
  ]);
});

test("go-proxmox", { timeout: timeoutMs }, async (context) => {
  const life = (vmid: number): Step[] => [
    ...ok("create"),
    {
      step: "config",
      value: ["by-go", `local-lvm:vm-${vmid}-disk-0,size=2G`, `local-lvm:vm-${vmid}-disk-1,mp=/data,size=1G`],
    },
    ...ok("start"),
    { step: "running", value: ["running", 512 * 1024 ** 2] },
    ...ok("resize", "snapshot"),
    { step: "snapshots", value: ["first", "current"] },
    ...ok("clone", "rollback", "delete snapshot"),
    { step: "copied", value: ["copy", `local-lvm:vm-${vmid + 1}-disk-0,size=3G`] },
    { step: "pool", value: 2 },
    ...ok("destroy", "destroy"),
    { step: "left", value: 0 },
  ];
  expect(await played(goProxmox, context)).toEqual([
    { step: "version", value: "9.2.11" },
    ...life(401),
    { step: "realms", value: 2 },
    ...life(403),
    { step: "next id", value: 100 },
    { step: "small reads", value: [true, 2, 0] },
  ]);
});
