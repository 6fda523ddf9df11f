// What a node that lost power leaves of a create: a config that holds nothing but its lock, blocking the VMID until unlocked over SSH.
import { pct, PctError } from "@homeport/ssh";
import { StepWait } from "../../failures";
import { readGuest, type SeenGuest } from "../guest/guest";
import type { StepContext } from "../run-step";
import { runTask } from "../guest/task";

/** Unlocked, but never finished: Proxmox writes hostname, tags and description only at a create's end. */
export function isOrphan(guest: SeenGuest | null): boolean {
  return (
    guest !== null && guest.lock === undefined && guest.ownership === "unmarked" && guest.config.hostname === undefined
  );
}

/** Removes it. The caller has proven that the dead task which made it was ours. `locked`: without SSH only a person can unlock it (waitUnlocked). */
export async function clearOrphan(
  step: StepContext,
  { vmid, unlock }: { vmid: number; unlock: boolean },
): Promise<"cleared" | "locked"> {
  const { host, signal } = step;
  if (unlock) {
    if (!host.hasSsh) return "locked";
    await pct(await step.ssh())
      .unlock(vmid, { signal })
      .catch((error: unknown) => {
        if (!(error instanceof PctError && error.kind === "missing")) throw error;
      });
  }
  await runTask(step, {
    type: "vzdestroy",
    vmid,
    post: () => host.proxmox.destroyLxc(host.pveName, vmid, { purge: true, destroyUnreferencedDisks: true }),
  });
  return "cleared";
}

/** Only looks: waits until a person has unlocked it, removed it, or given the node SSH. */
export async function waitUnlocked(step: StepContext, vmid: number): Promise<void> {
  const { host } = step;
  if (host.hasSsh || (await readGuest(step, vmid))?.lock === undefined) return;
  throw new StepWait({ on: "unlock", vmid, node: host.name });
}
