// The lxc backend's disks with a real container: mount points, snapshots and copies hold what they should.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GuestMount, LabHost } from "../host";
import { lxcAvailable } from "./available";
import { inGuest, openTestHost, testSpec } from "./guest-of-test";

const available = await lxcAvailable();
const vmid = 120;
const data: GuestMount = { volume: `vm-${vmid}-disk-1`, path: "/srv/my data", readOnly: false };
const never = new AbortController().signal;

describe.runIf(available.ok)("disks of a real container", () => {
  let host: LabHost;
  let close: () => Promise<void> = () => Promise.resolve();
  const guest = (id = vmid) => inGuest(host, id);
  const write = (file: string, text: string) => guest().must(["sh", "-c", 'echo "$2" >"$1"', "sh", file, text]);
  const read = async (file: string, id = vmid) => (await guest(id).must(["cat", file])).toString().trim();
  const spec = () => testSpec(host, vmid, { mounts: [data] });

  beforeAll(async () => {
    ({ host, close } = await openTestHost());
    await host.create(await spec(), () => undefined, never);
    await host.start(await spec());
  });
  afterAll(() => close());

  test("a volume is mounted, and the container's root may write to it", async () => {
    await write("/srv/my data/file", "before");
    expect((await guest().must(["stat", "-c", "%U", "/srv/my data/file"])).toString().trim()).toBe("root");
    expect((await guest().must(["findmnt", "-no", "TARGET", "/srv/my data"])).toString().trim()).toBe("/srv/my data");
  });

  test("a snapshot of the running container brings back both disks", async () => {
    await write("/root/file", "before");
    await host.takeSnapshot(await spec(), "s1");
    await write("/root/file", "after");
    await write("/srv/my data/file", "after");
    await host.stop(vmid);
    await host.rollback(vmid, "s1");
    await host.start(await spec());
    expect([await read("/root/file"), await read("/srv/my data/file")]).toEqual(["before", "before"]);
  });

  test("a copy boots under its own name with the data of the snapshot, and goes its own way", async () => {
    await write("/srv/my data/file", "later");
    const copy = await testSpec(host, 121, { mounts: [{ ...data, volume: "vm-121-disk-1" }] });
    await host.clone({ from: vmid, snapshot: "s1", spec: copy, volumes: { [data.volume]: "vm-121-disk-1" } }, never);
    await host.start(copy);
    expect((await guest(121).install()).system).toBe("running");
    expect([await read("/etc/hostname", 121), await read("/srv/my data/file", 121)]).toEqual(["guest-121", "before"]);
    expect(await read("/etc/machine-id", 121)).not.toBe(await read("/etc/machine-id"));
    await host.destroy(121);
    expect(await read("/srv/my data/file")).toBe("later");
  });

  test("a read-only mount point is read-only", async () => {
    await host.stop(vmid);
    await host.start(await testSpec(host, vmid, { mounts: [{ ...data, readOnly: true }] }));
    expect((await guest().exec(["touch", "/srv/my data/no"])).code).not.toBe(0);
  });

  test("a copy that is aborted leaves nothing, and a removed snapshot cannot be gone back to", async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(
      host.clone({ from: vmid, spec: await testSpec(host, 122), volumes: {} }, controller.signal),
    ).rejects.toThrow();
    expect(await host.guests()).not.toContain(122);
    await host.removeSnapshot(vmid, "s1");
    await host.stop(vmid);
    await expect(host.rollback(vmid, "s1")).rejects.toThrow("snapshot 's1' does not exist");
  });
});
