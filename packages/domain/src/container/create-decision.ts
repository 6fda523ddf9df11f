// What a create does next, after any crash, from what it sees on the node: the table of docs/decisions/0003-a-create-that-survives-any-crash.md.
import type { Ownership } from "./ownership-tag";

export interface CreateObservation {
  /** The guest's config in the cluster, or null when no guest has this VMID. */
  config: { lock?: string | undefined; ownership: Ownership } | null;
  /** The newest vzcreate task for this VMID that our own POST may have begun: stored by us, or by our token after we meant to post. */
  task: { upid: string; state: "running" | "succeeded" | "failed"; error?: string | undefined } | null;
}

export type CreateDecision =
  | { act: "post" }
  | { act: "follow"; upid: string }
  | { act: "done"; upid?: string }
  | { act: "fail"; error: string }
  /** Our own half-made guest, its task dead: unlock over SSH, destroy, start over. */
  | { act: "clear_orphan" }
  /** Somebody else holds this VMID: give it back and take another. Nothing of theirs is touched. */
  | { act: "yield"; why: string };

export function decideCreate({ config, task }: CreateObservation): CreateDecision {
  if (config === null) {
    if (task?.state === "running") return { act: "follow", upid: task.upid };
    if (task?.state === "failed") return { act: "fail", error: task.error ?? "the create task failed" };
    return { act: "post" };
  }
  if (config.lock === "create") {
    if (task === null) return { act: "yield", why: "another create of this VMID is under way" };
    return task.state === "running" ? { act: "follow", upid: task.upid } : { act: "clear_orphan" };
  }
  // While the task runs the guest may be unlocked for an instant before its ownership tag is written.
  if (task?.state === "running") return { act: "follow", upid: task.upid };
  if (config.ownership === "ours") return task === null ? { act: "done" } : { act: "done", upid: task.upid };
  return {
    act: "yield",
    why: config.ownership === "foreign" ? "it belongs to another Homeport container" : "it was not made by Homeport",
  };
}
