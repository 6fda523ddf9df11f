// Takes back whatever a create has done so far, however far it came; harmless when there is nothing. Strangers are left alone.
import type { GuestAt } from "../../step-at";
import { memoryOf, observe } from "./create-lxc";
import { destroyOwn } from "../guest/destroy-lxc";
import { clearOrphan, isOrphan } from "./orphan";
import type { StepContext } from "../run-step";
import { followTask } from "../guest/task";

/** Returns when nothing of ours is left at that VMID; `locked`: only a person can unlock what is (waitUnlocked). */
export async function undoCreate(
  step: StepContext,
  { vmid, at }: { vmid: number; at: GuestAt },
): Promise<"locked" | undefined> {
  for (;;) {
    const memory = memoryOf(step, vmid);
    const { guest, task } = await observe(step, vmid, memory);
    if (task?.state === "running") {
      await step.record.log(`Ending the task that makes CT ${vmid}.`);
      await step.host.proxmox.stopTask(task.upid, { signal: step.signal });
      await followTask(step, task.upid);
      continue;
    }
    if (guest === null) break;
    if (guest.ownership === "ours") {
      await destroyOwn(step, vmid);
      break;
    }
    const half = guest.lock === "create" && task !== null;
    if (half || (memory?.clearing && isOrphan(guest))) {
      if (memory) await step.record.remember({ create: { ...memory, clearing: true } });
      if ((await clearOrphan(step, { vmid, unlock: half })) === "locked") return "locked";
      break;
    }
    await step.record.log(`CT ${vmid} is somebody else's: it is left alone.`);
    return undefined;
  }
  await step.deps.sightings.saw(at.nodeId, vmid, null);
  await step.record.log(`Nothing of CT ${vmid} is left on node ${step.host.name}.`);
  return undefined;
}
