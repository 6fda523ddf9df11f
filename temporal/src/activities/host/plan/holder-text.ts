// Who has a VMID that is not free, in words for a sentence.
import { ProxmoxError, type Resource } from "@homeport/proxmox";
import type { SeenGuest } from "../guest/guest";
import type { StepContext } from "../run-step";

/** "the virtual machine windows", or "a container of node pve2" where it has no name. */
export function holderText({ type, name, node }: Pick<Resource, "type" | "name" | "node">): string {
  const noun = type === "qemu" ? "virtual machine" : "container";
  return name ? `the ${noun} ${name}` : `a ${noun} of node ${node ?? "?"}`;
}

/** Of one that Proxmox refuses although no container here has it. The list may not be allowed to us, or not know it yet. */
export async function holderInCluster({ host, signal }: StepContext, vmid: number): Promise<string> {
  const rows = await host.proxmox.resources("vm", { signal }).catch((error: unknown) => {
    if (error instanceof ProxmoxError) return []; // that it is taken is certain; by whom is only told
    throw error;
  });
  const holder = rows.find((row) => row.vmid === vmid);
  if (holder === undefined) return "another guest of the cluster has it";
  return `${holderText(holder)}${holder.name && holder.node ? ` on node ${holder.node}` : ""} has it`;
}

/** Of one whose configuration was read here; `why` says what it is to us. */
export function holderHere({ config: { hostname } }: SeenGuest, why: string): string {
  return hostname ? `the container ${hostname} has it; ${why}` : why;
}
