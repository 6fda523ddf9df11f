// Destroys our own guest and proves that it is gone.
import { ProxmoxError } from "@homeport/proxmox";
import { StepFailure } from "../../failures";
import { isRunning, ownGuest, readGuest } from "./guest";
import { requireUnlocked } from "./guest-lock";
import { requireLeaseHolds } from "./lease-fence";
import { stopLxc } from "./power";
import type { StepContext } from "../run-step";
import { begun, followTask, runTask } from "./task";

export async function destroyLxc(step: StepContext, vmid: number): Promise<{ gone: "already" | "now" }> {
  const gone = (await destroyOwn(step, vmid)) ? "now" : "already";
  await step.deps.sightings.saw(step.at.nodeId, vmid, null);
  return { gone };
}

/** Begins nothing: waits for the end of a destroy that this step began, and looks whether anything is left at that VMID. */
export async function settleDestroy(step: StepContext, vmid: number): Promise<{ gone: boolean }> {
  const upid = await begun(step, { type: "vzdestroy", vmid });
  if (upid !== undefined) {
    await followTask(step, upid).catch((error: unknown) => {
      // A node that restarted meanwhile may have forgotten it.
      if (!(error instanceof ProxmoxError && error.kind === "missing")) throw error;
    });
  }
  const gone = (await readGuest(step, vmid)) === null;
  if (gone) await step.deps.sightings.saw(step.at.nodeId, vmid, null);
  return { gone };
}

/** False when it was gone already. The fence stands before the stop and again before the destroy. */
export async function destroyOwn(step: StepContext, vmid: number): Promise<boolean> {
  const { host } = step;
  // A destroy that an earlier try began is followed to its end even though the guest no longer says whose it is.
  const begun = step.record.memory.tasks.vzdestroy !== undefined;
  if (!begun) {
    if ((await ownGuest(step, vmid)) === null) return false;
    const byLease = await requireLeaseHolds(step, { vmid, destroys: true });
    if (!byLease && (await isRunning(step, vmid))) await stopLxc(step, vmid);
    const guest = await ownGuest(step, vmid);
    if (guest === null) return false;
    requireUnlocked(step, vmid, guest);
    if (guest.config.protection)
      throw new StepFailure(`CT ${vmid} is protected on node ${host.name}. Lift the protection there, then retry.`);
  }
  await runTask(step, {
    type: "vzdestroy",
    vmid,
    post: async () => {
      if ((await ownGuest(step, vmid)) === null) throw new ProxmoxError("missing", "it is gone");
      // Also where an earlier try meant to post it and did not come through: days may lie between them.
      await requireLeaseHolds(step, { vmid, destroys: true });
      return host.proxmox.destroyLxc(host.pveName, vmid, { purge: true, destroyUnreferencedDisks: true });
    },
  }).catch((error: unknown) => {
    if (!(error instanceof ProxmoxError && error.kind === "missing")) throw error;
  });
  const left = await readGuest(step, vmid);
  if (left?.ownership === "ours") throw new ProxmoxError("server", `CT ${vmid} is still there after its destruction.`);
  return true;
}
