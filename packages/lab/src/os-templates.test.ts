import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLab, type TestLab } from "./test-lab";

let node: TestLab;
beforeAll(async () => {
  node = await openTestLab();
});
afterAll(async () => node.close());

const present = async () => (await node.proxmox.storageContent("pve", "local", "vztmpl")).map(({ volid }) => volid);
const file = "debian-12-standard_12.7-1_amd64.tar.zst";

test("an image of the catalogue is there after its download, whose log tells the share that was read", async () => {
  expect(await present()).not.toContain(`local:vztmpl/${file}`);
  const upid = await node.proxmox.downloadAppliance("pve", { storage: "local", template: file });
  expect((await node.ended(upid)).exitstatus).toBe("OK");
  expect(await present()).toContain(`local:vztmpl/${file}`);
  const lines = (await node.proxmox.taskLog(upid, { limit: 0 })).lines.map(({ t }) => t);
  expect(lines.filter((line) => / \d+% /.test(line)).length).toBeGreaterThan(2);
  expect(lines.find((line) => line.startsWith("Length: "))).toContain("102236236");
});

test("a removed image can be downloaded again", async () => {
  await node.lab.faults.removeOsTemplate({ file });
  expect(await present()).not.toContain(`local:vztmpl/${file}`);
  await node.ended(await node.proxmox.downloadAppliance("pve", { storage: "local", template: file }));
  expect(await present()).toContain(`local:vztmpl/${file}`);
});

test("a storage without templates is refused", async () => {
  await expect(node.proxmox.downloadAppliance("pve", { storage: "local-lvm", template: file })).rejects.toMatchObject({
    message: "storage 'local-lvm' does not support templates",
  });
});
