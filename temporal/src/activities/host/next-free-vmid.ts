// The lowest VMID that is free on the cluster and that no reservation of ours holds.
import { ProxmoxError } from "@homeport/proxmox";
import { VMID_MAX } from "@homeport/domain/vmid";
import { StepFailure } from "../failures";
import type { Step } from "./run-step";

export async function nextFreeVmid({ host, signal }: Step, but: readonly number[]): Promise<number> {
  const taken = new Set(but);
  let vmid = await host.proxmox.nextId(undefined, { signal });
  for (; vmid <= VMID_MAX; vmid += 1) {
    if (taken.has(vmid)) continue;
    try {
      return await host.proxmox.nextId(vmid, { signal });
    } catch (error) {
      if (!(error instanceof ProxmoxError && error.kind === "exists")) throw error;
    }
  }
  throw new StepFailure("No VMID is free on the cluster.");
}
