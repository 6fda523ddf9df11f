// Tasks: their place in lists, their status and their log.

import { parseUpid } from "@homeport/proxmox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { created, createParams, destroyed, finished, type Target } from "./target";

export function tasksContract(at: () => Target): void {
  let vmid = 0;
  /** Proxmox gives a VMID again: rows of those who had it before are not ours. */
  let since = 0;
  beforeAll(async () => {
    since = (await at().proxmox.nodeTime(at().node)).time;
    vmid = await created(at());
  });
  afterAll(async () => destroyed(at(), vmid));

  test("a finished task is in the archive with its status, found by VMID, type and time", async () => {
    const { proxmox, node } = at();
    const found = await proxmox.tasks(node, { vmid, typefilter: "vzcreate", source: "all", since, limit: 5 });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ type: "vzcreate", id: String(vmid), status: "OK" });
    expect(parseUpid(found[0]?.upid ?? "")).toMatchObject({ node, type: "vzcreate", id: String(vmid) });
    const later = await proxmox.tasks(node, { vmid, source: "all", since: (found[0]?.starttime ?? 0) + 3_600 });
    expect(later).toEqual([]);
  });

  test("a running task is active, not archived, and has no exit status", async () => {
    const target = at();
    const { proxmox, node } = target;
    const other = await target.freshVmid();
    await target.hold("vzcreate");
    const upid = await proxmox.createLxc(node, createParams(target, other));
    expect(await proxmox.taskStatus(upid)).toMatchObject({ status: "running" });
    expect((await proxmox.tasks(node, { vmid: other, source: "active" })).map((task) => task.upid)).toEqual([upid]);
    expect(await proxmox.tasks(node, { vmid: other, since })).toEqual([]);
    await finished(target, upid);
    await destroyed(target, other);
  });

  test("a log is read in pages and ends with what became of the task", async () => {
    const { proxmox, node } = at();
    const [task] = await proxmox.tasks(node, { vmid, typefilter: "vzcreate", source: "all", since });
    const whole = await proxmox.taskLog(task?.upid ?? "", { start: 0, limit: 0 });
    expect(whole.lines.at(-1)?.t).toBe("TASK OK");
    expect(whole.total).toBe(whole.lines.length);
    expect((await proxmox.taskLog(task?.upid ?? "", { start: 2, limit: 2 })).lines).toEqual(whole.lines.slice(2, 4));
    expect(whole.lines[2]?.n).toBe(3);
  });
}
