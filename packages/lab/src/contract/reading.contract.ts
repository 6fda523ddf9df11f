// Reading a node: what is answered, and how what is not there is refused.

import { expect, test } from "vitest";
import type { Target } from "./target";

export function readingContract(at: () => Target): void {
  test("the version is told to every token", async () => {
    const { version, release } = await at().proxmox.version();
    expect(version.startsWith(release)).toBe(true);
    const other = at().as?.("no-rights");
    if (other) expect((await other.version()).version).toBe(version);
  });

  test("the next id is free, and a taken one is kind exists", async () => {
    const { proxmox, node } = at();
    const free = await proxmox.nextId();
    expect((await proxmox.listLxc(node)).map((guest) => guest.vmid)).not.toContain(free);
    expect(await proxmox.nextId(free)).toBe(free);
  });

  test("node, storages, templates and bridges are there", async () => {
    const { proxmox, node, ostemplate, storage, bridge } = at();
    expect((await proxmox.nodes()).map((row) => [row.node, row.status])).toContainEqual([node, "online"]);
    expect((await proxmox.clusterStatus()).some((row) => row.type === "node" && row.name === node)).toBe(true);
    expect((await proxmox.nodeStatus(node)).uptime).toBeGreaterThan(0);
    expect((await proxmox.nodeTime(node)).time).toBeGreaterThan(1_700_000_000);
    expect((await proxmox.storages(node, { content: "rootdir" })).map((row) => row.storage)).toContain(storage);
    expect(ostemplate).toMatch(/^[\w.-]+:vztmpl\/.+\.tar\.(zst|xz|gz)$/);
    expect((await proxmox.network(node, "any_bridge")).map((row) => row.iface)).toContain(bridge);
    expect((await proxmox.resources("node")).map((row) => row.node)).toContain(node);
    expect((await proxmox.certificates(node)).length).toBeGreaterThan(0);
  });

  test("an unknown node is not mistaken for a guest that is gone", async () => {
    await expect(at().proxmox.listLxc("nope")).rejects.toMatchObject({
      kind: "unreachable",
      status: 500,
      message: expect.stringContaining("hostname lookup 'nope' failed") as string,
    });
  });

  test("an unknown VMID is kind missing", async () => {
    const { proxmox, node } = at();
    const absent = { kind: "missing", message: `Configuration file 'nodes/${node}/lxc/99999.conf' does not exist` };
    await expect(proxmox.lxcStatus(node, 99_999)).rejects.toMatchObject(absent);
    await expect(proxmox.lxcConfig(node, 99_999)).rejects.toMatchObject(absent);
    await expect(proxmox.destroyLxc(node, 99_999)).rejects.toMatchObject(absent);
    // Whether it runs is asked before its configuration is (pve-container, API2/LXC/Status.pm).
    await expect(proxmox.stopLxc(node, 99_999)).rejects.toMatchObject({
      kind: "not_running",
      message: "CT 99999 not running",
    });
    await expect(proxmox.shutdownLxc(node, 99_999)).rejects.toMatchObject({
      kind: "not_running",
      message: "CT 99999 not running",
    });
    await expect(proxmox.rebootLxc(node, 99_999)).rejects.toMatchObject({
      kind: "not_running",
      message: "VM 99999 not running",
    });
  });

  test("a VMID below 100 is refused by its format", async () => {
    await expect(at().proxmox.lxcConfig(at().node, 5)).rejects.toMatchObject({
      kind: "invalid",
      fields: { vmid: "invalid format - value does not look like a valid VM ID" },
    });
  });

  test("an unknown storage and an unknown task are refused by name", async () => {
    const { proxmox, node } = at();
    await expect(proxmox.storageContent(node, "nope")).rejects.toMatchObject({
      message: "storage 'nope' does not exist",
    });
    const upid = `UPID:${node}:00000001:00000001:6B000000:vzstart:101:root@pam:`;
    await expect(proxmox.taskStatus(upid)).rejects.toMatchObject({ kind: "missing", fields: { upid: "no such task" } });
  });
}
