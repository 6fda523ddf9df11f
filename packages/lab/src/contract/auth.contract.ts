// Who may: wrong tokens, tokens without rights, and a token with the rights of a provisioning role.

import { expect, test } from "vitest";
import type { Proxmox } from "@homeport/proxmox";
import { createParams, destroyed, finished, type Target, type Who } from "./target";

export function authContract(at: () => Target): void {
  const client = (who: Who, skip: (why: string) => never): Proxmox =>
    at().as(who) ?? skip(`this node was given no token for "${who}"`);

  test("a wrong secret and an unknown token are the same refusal", async ({ skip }) => {
    const refused = { kind: "auth", status: 401 };
    await expect(client("wrong-secret", skip).version()).rejects.toMatchObject(refused);
    await expect(client("unknown-token", skip).version()).rejects.toMatchObject(refused);
  });

  test("a token without rights sees empty lists and is refused the rest by path and privilege", async ({ skip }) => {
    const { node } = at();
    const bare = client("no-rights", skip);
    expect(await bare.permissions()).toEqual({});
    expect(await bare.listLxc(node)).toEqual([]);
    expect(await bare.storages(node)).toEqual([]);
    const message = (what: string) => ({ kind: "permission", message: `Permission check failed (${what})` });
    await expect(bare.nodeStatus(node)).rejects.toMatchObject(message(`/nodes/${node}, Sys.Audit`));
    await expect(bare.startLxc(node, 101)).rejects.toMatchObject(message("/vms/101, VM.PowerMgmt"));
    await expect(bare.destroyLxc(node, 101)).rejects.toMatchObject(message("/vms/101, VM.Allocate"));
    await expect(bare.createLxc(node, createParams(at(), 101))).rejects.toMatchObject({
      kind: "permission",
      message: "Permission check failed",
    });
  });

  test("a provisioning role is enough to create with nesting", async ({ skip }) => {
    const target = at();
    const vmid = await target.freshVmid();
    const upid = await client("limited", skip).createLxc(target.node, createParams(target, vmid));
    expect((await finished(target, upid)).exitstatus).toBe("OK");
    expect(await client("limited", skip).taskStatus(upid)).toMatchObject(target.limited ?? {});
    await destroyed(target, vmid);
  });

  test("a privileged container is refused for its release's reason", async ({ skip }) => {
    const target = at();
    const vmid = await target.freshVmid();
    const params = createParams(target, vmid, { unprivileged: false });
    const reason =
      target.release === "8.4"
        ? "changing feature flags for privileged container is only allowed for root@pam"
        : "/, Sys.Modify";
    await expect(client("limited", skip).createLxc(target.node, params)).rejects.toMatchObject({
      message: `Permission check failed (${reason})`,
    });
  });
}
