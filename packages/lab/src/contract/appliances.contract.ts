// The catalogue of OS images, and downloading from it.

import { expect, test } from "vitest";
import { finished, type Target } from "./target";

export function appliancesContract(at: () => Target): void {
  const storage = () => at().ostemplate.split(":")[0] ?? "local";
  const file = () => at().ostemplate.split("/").at(-1) ?? "";

  test("the catalogue names files, each with what it is", async () => {
    const { proxmox, node } = at();
    const appliances = await proxmox.appliances(node);
    expect(appliances.length).toBeGreaterThan(0);
    for (const { template, type, section } of appliances) {
      expect(template).toMatch(/\.tar\.\w+$/);
      expect([template, type === "lxc" || type === "openvz", section !== undefined]).toEqual([template, true, true]);
    }
  });

  test("an image that is not in the catalogue is refused by its name", async () => {
    const { proxmox, node } = at();
    await expect(
      proxmox.downloadAppliance(node, { storage: storage(), template: "nothere.tar.zst" }),
    ).rejects.toMatchObject({
      kind: "invalid",
      fields: { template: "no such template" },
    });
  });

  test("a download is a task whose id is the file's name", async () => {
    const target = at();
    const { proxmox, node } = target;
    const known = (await proxmox.appliances(node)).find(({ template }) => template === file());
    // A live node's image may be older than its catalogue.
    if (known === undefined) return;
    const upid = await proxmox.downloadAppliance(node, { storage: storage(), template: file() });
    const { exitstatus, type, id } = await finished(target, upid);
    expect({ exitstatus, type, id }).toEqual({ exitstatus: "OK", type: "download", id: file() });
    expect(
      (await proxmox.tasks(node, { typefilter: "download", source: "all", limit: 5 })).map((task) => task.upid),
    ).toContain(upid);
  });

  test("a token without Datastore.AllocateTemplate may look, but not download", async () => {
    const { node } = at();
    const limited = at().as("limited");
    if (limited === undefined) return;
    expect((await limited.appliances(node)).length).toBeGreaterThan(0);
    await expect(limited.downloadAppliance(node, { storage: storage(), template: file() })).rejects.toMatchObject({
      kind: "permission",
    });
  });
}
