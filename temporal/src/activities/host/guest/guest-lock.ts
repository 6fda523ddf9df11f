// A guest that another operation of the node has locked: read before anything is begun, so that no task is begun only to fail.
import { StepWait } from "../../failures";
import type { SeenGuest } from "./guest";
import type { StepContext } from "../run-step";

/** Waits, by throwing what is tried again: each try reads the configuration anew. */
export function requireUnlocked({ host }: StepContext, vmid: number, { lock }: Pick<SeenGuest, "lock">): void {
  if (lock === undefined) return;
  throw new StepWait({ on: "lock", vmid, node: host.name, lock: lock.slice(0, 40) });
}
