// A guest that another operation of the node has locked: read before anything is begun, so that no task is begun only to fail.
import { StepWait } from "../failures";
import type { SeenGuest } from "./guest";
import type { Step } from "./run-step";

/** What holds each lock (pve-container, PVE/LXC/Config.pm: `lock` is one of these). */
const holders: Record<string, string> = {
  backup: "a backup",
  create: "its creation",
  destroyed: "its destruction",
  disk: "a disk that is moved or resized",
  fstrim: "a trim of its disks",
  migrate: "a migration",
  mounted: "pct mount, which shows its files on the node",
  rollback: "a rollback to a snapshot",
  snapshot: "a snapshot that is made",
  "snapshot-delete": "a snapshot that is deleted",
};

/** Waits, by throwing what is tried again: each try reads the configuration anew. */
export function requireUnlocked({ host }: Step, vmid: number, { lock }: Pick<SeenGuest, "lock">): void {
  if (lock === undefined) return;
  throw new StepWait(
    `CT ${vmid} on node ${host.name} is locked by ${holders[lock] ?? "another operation"} (lock: ${lock.slice(0, 40)})`,
  );
}
