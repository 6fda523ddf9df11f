// Who may: wrong tokens, tokens without rights, and a token with the rights of a provisioning role.

import { beforeEach, expect, test } from "vitest";
import type { Proxmox } from "@homeport/proxmox";
import { createParams, destroyed, finished, type Target } from "./target";

export function authContract(at: () => Target): void {
  let as: (who: "wrong-secret" | "unknown-token" | "no-rights" | "limited") => Proxmox;
  beforeEach(({ skip }) => {
    const make = at().as;
    if (make === undefined) return skip("a live node cannot be given tokens");
    as = make;
  });

  test("a wrong secret and an unknown token are the same refusal", async () => {
    const refused = { kind: "auth", status: 401 };
    await expect(as("wrong-secret").version()).rejects.toMatchObject(refused);
    await expect(as("unknown-token").version()).rejects.toMatchObject(refused);
  });

  test("a token without rights sees empty lists and is refused the rest by path and privilege", async () => {
    const { node } = at();
    const bare = as("no-rights");
    expect(await bare.permissions()).toEqual({});
    expect(await bare.listLxc(node)).toEqual([]);
    expect(await bare.storages(node)).toEqual([]);
    const message = (what: string) => ({ kind: "permission", message: `Permission check failed (${what})` });
    await expect(bare.nodeStatus(node)).rejects.toMatchObject(message(`/nodes/${node}, Sys.Audit`));
    await expect(bare.startLxc(node, 101)).rejects.toMatchObject(message("/vms/101, VM.PowerMgmt"));
    await expect(bare.destroyLxc(node, 101)).rejects.toMatchObject(message("/vms/101, VM.Allocate"));
    await expect(bare.createLxc(node, createParams(at(), 101))).rejects.toMatchObject({ kind: "permission", message: "Permission check failed" });
  });

  test("a provisioning role is enough to create with nesting", async () => {
    const target = at();
    const vmid = await target.freshVmid();
    const upid = await as("limited").createLxc(target.node, createParams(target, vmid));
    expect((await finished(target, upid)).exitstatus).toBe("OK");
    expect(await as("limited").taskStatus(upid)).toMatchObject({ user: "lxc@pve", tokenid: "app" });
    await destroyed(target, vmid);
  });

  test("a privileged container is refused for its release's reason", async () => {
    const target = at();
    const vmid = await target.freshVmid();
    const params = createParams(target, vmid, { unprivileged: false });
    const reason = target.release === "8.4" ? "changing feature flags for privileged container is only allowed for root@pam" : "/, Sys.Modify";
    await expect(as("limited").createLxc(target.node, params)).rejects.toMatchObject({ message: `Permission check failed (${reason})` });
  });
}
