// The life of a container: start, look, change, resize, stop, destroy, and the refusals in between.

import { afterAll, beforeAll, expect, test } from "vitest";
import { created, destroyed, finished, pollMs, started, type Target } from "./target";

export function lifeContract(at: () => Target): void {
  let vmid = 0;
  beforeAll(async () => {
    vmid = await started(at());
  });
  afterAll(async () => destroyed(at(), vmid));

  test("a running one refuses to start and to be destroyed", async () => {
    const { proxmox, node } = at();
    await expect(proxmox.startLxc(node, vmid)).rejects.toMatchObject({
      kind: "already_running",
      message: `CT ${vmid} already running`,
    });
    await expect(proxmox.destroyLxc(node, vmid)).rejects.toMatchObject({
      kind: "already_running",
      message: `unable to destroy CT ${vmid} - container is running`,
    });
    expect(await proxmox.lxcStatus(node, vmid)).toMatchObject({
      status: "running",
      name: `contract-${vmid}`,
      ha: { managed: false },
    });
  });

  test("it shows its address on the interface that has the MAC of net0", async () => {
    const { proxmox, node } = at();
    const mac = /hwaddr=([0-9A-F:]+)/.exec(String((await proxmox.lxcConfig(node, vmid))["net0"]))?.[1]?.toLowerCase();
    const addressNow = async () =>
      (await proxmox.lxcInterfaces(node, vmid))?.find((iface) => iface.hwaddr === mac)?.inet;
    const until = Date.now() + 60_000;
    while ((await addressNow()) === undefined && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    expect(await addressNow()).toMatch(/^\d+\.\d+\.\d+\.\d+\/\d+$/);
  });

  test("memory, description and hostname change at once, features wait for the next start", async () => {
    const { proxmox, node } = at();
    await proxmox.setLxcConfig(node, vmid, { memory: 384, description: "x", hostname: `contract-${vmid}-b` });
    expect(await proxmox.lxcConfig(node, vmid)).toMatchObject({
      memory: 384,
      description: "x\n",
      hostname: `contract-${vmid}-b`,
    });
    await proxmox.setLxcConfig(node, vmid, { delete: "description" });
    await proxmox.setLxcConfig(node, vmid, { delete: "description" });
    expect((await proxmox.lxcConfig(node, vmid))["description"]).toBeUndefined();
  });

  test("a stale digest, a read-only option and a required one are refused", async () => {
    const { proxmox, node } = at();
    await expect(proxmox.setLxcConfig(node, vmid, { memory: 300, digest: "0".repeat(40) })).rejects.toMatchObject({
      kind: "busy",
      message: "detected modified configuration - file changed by other user? Try again.",
    });
    await expect(proxmox.setLxcConfig(node, vmid, { delete: "memory" })).rejects.toMatchObject({
      kind: "invalid",
      message: "unable to delete required option 'memory'",
    });
    await expect(proxmox.setLxcConfig(node, vmid, {})).rejects.toMatchObject({ message: "no options specified" });
  });

  test("a disk grows, never shrinks", async () => {
    const target = at();
    const { proxmox, node } = target;
    const upid = await proxmox.resizeLxc(node, vmid, { disk: "rootfs", size: "+1G" });
    expect((await finished(target, upid)).exitstatus).toBe("OK");
    expect((await proxmox.lxcConfig(node, vmid))["rootfs"]).toMatch(/,size=3G$/);
    await expect(proxmox.resizeLxc(node, vmid, { disk: "rootfs", size: "1G" })).rejects.toMatchObject({
      message: "unable to shrink disk size",
    });
    await expect(proxmox.resizeLxc(node, vmid, { disk: "mp7", size: "+1G" })).rejects.toMatchObject({
      kind: "invalid",
    });
  });

  test("reboot, shutdown, and what a stopped one answers", async () => {
    const target = at();
    const { proxmox, node } = target;
    expect((await finished(target, await proxmox.rebootLxc(node, vmid, { timeoutS: 30 }))).exitstatus).toBe("OK");
    expect(
      (await finished(target, await proxmox.shutdownLxc(node, vmid, { timeoutS: 30, forceStop: true }))).exitstatus,
    ).toBe("OK");
    expect(await proxmox.lxcStatus(node, vmid)).toMatchObject({ status: "stopped" });
    expect(await proxmox.lxcInterfaces(node, vmid)).toBeNull();
    await expect(proxmox.stopLxc(node, vmid)).rejects.toMatchObject({
      kind: "not_running",
      message: `CT ${vmid} not running`,
    });
    await expect(proxmox.shutdownLxc(node, vmid)).rejects.toMatchObject({
      kind: "not_running",
      message: `CT ${vmid} not running`,
    });
    await expect(proxmox.rebootLxc(node, vmid)).rejects.toMatchObject({
      kind: "not_running",
      message: `VM ${vmid} not running`,
    });
    expect((await finished(target, await proxmox.startLxc(node, vmid))).exitstatus).toBe("OK");
  });

  test("start of an unknown VMID is refused by its task only", async () => {
    const target = at();
    const upid = await target.proxmox.startLxc(target.node, 99_999);
    expect((await finished(target, upid)).exitstatus).toBe(
      `Configuration file 'nodes/${target.node}/lxc/99999.conf' does not exist`,
    );
  });

  test("a protected one is not removed", async () => {
    const target = at();
    const { proxmox, node } = target;
    const kept = await created(target);
    await proxmox.setLxcConfig(node, kept, { protection: true });
    await expect(proxmox.destroyLxc(node, kept)).rejects.toMatchObject({
      message: `can't remove CT ${kept} - protection mode enabled`,
    });
    await proxmox.setLxcConfig(node, kept, { protection: false });
    await destroyed(target, kept);
    await expect(proxmox.lxcConfig(node, kept)).rejects.toMatchObject({ kind: "missing" });
  });

  test("a running one is destroyed when force is given", async () => {
    const target = at();
    const doomed = await started(target);
    const upid = await target.proxmox.destroyLxc(target.node, doomed, {
      force: true,
      purge: true,
      destroyUnreferencedDisks: true,
    });
    expect((await finished(target, upid)).exitstatus).toBe("OK");
    expect((await target.proxmox.taskLog(upid, { limit: 0 })).lines.map((line) => line.t)).toContain(
      `forced to stop CT ${doomed} before destroying!`,
    );
  });
}
