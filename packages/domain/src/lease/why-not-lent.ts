// Why an action on a container is refused for the sake of its lease.
import type { LeaseStage } from "@homeport/db/types";
import { type ContainerAction, runKinds } from "../run/run-kinds";

/** In words for the screen; undefined: it is allowed. Null: it is not lent. */
export function whyNotLent(action: ContainerAction, lease: { stage: LeaseStage } | null): string | undefined {
  if (lease === null || lease.stage === "lent" || !runKinds[action].leavesRunning) return undefined;
  return "Its lease has ended: extend the lease first.";
}
