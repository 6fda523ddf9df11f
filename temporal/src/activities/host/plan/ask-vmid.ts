// Whether a VMID is free on a node, asked of the node now: for the form, while it is typed.
import { Context } from "@temporalio/activity";
import { ProxmoxError } from "@homeport/proxmox";
import type { VmidAnswer, VmidQuestion } from "../../plan-ports";
import type { Host, HostDeps } from "../deps";
import { holderOf, isFree } from "./vmid-holder";

/** Somebody types: what the node does not say soon is not waited for. */
const PATIENCE_MS = 3_000;

/** Throws when the node does not answer: not knowing is no answer. */
export async function askVmid(deps: HostDeps, { nodeId, vmid }: VmidQuestion): Promise<VmidAnswer> {
  const signal = AbortSignal.any([Context.current().cancellationSignal, AbortSignal.timeout(PATIENCE_MS)]);
  const held = await deps.plans.held(nodeId);
  let host: Host | undefined;
  try {
    host = await deps.connect(nodeId);
    if (held.every((one) => one.vmid !== vmid) && (await isFree(host, vmid, signal))) return { holder: null };
    const guests = await host.proxmox.resources("vm", { signal }).catch((error: unknown) => {
      if (error instanceof ProxmoxError && error.kind === "permission") return []; // that it is taken is certain; by whom is only a name
      throw error;
    });
    return { holder: await holderOf(host, { vmid, held, guests }, signal) };
  } finally {
    await host?.close().catch(() => undefined);
  }
}
