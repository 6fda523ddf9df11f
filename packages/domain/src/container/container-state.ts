// What state a container is in, in the words of the screen, and what may be done to it then.
import type { ContainerLifecycle, NodeState, RunKind, RunState } from "@homeport/db/types";
import type { NodeReason } from "../node/node-reason";
import { nodeReasonText } from "../text/node-reason";
import { type ContainerAction, runKinds } from "../run/run-kinds";

export const ContainerStates = [
  "running",
  "stopped",
  "starting",
  "rebooting",
  "stopping",
  "creating",
  "waiting",
  "failed",
  "unknown",
  "replaced",
  "deleting",
  "deleted",
] as const;
export type ContainerState = (typeof ContainerStates)[number];

export interface ContainerFacts {
  lifecycle: ContainerLifecycle;
  /** The operation that is under way, if any. */
  activeRun: { kind: RunKind; state: RunState } | null;
  /** The node's last word about the guest, or null when it has none. */
  observed: { status: string; ageMs: number } | null;
  /** Its VMID belongs to a guest that is not ours. */
  replaced?: boolean;
}

/** Older than three slow polls: what we saw is no longer news. */
export const STALE_AFTER_MS = 180_000;

export function containerState({ lifecycle, activeRun, observed, replaced = false }: ContainerFacts): ContainerState {
  if (lifecycle === "deleted") return "deleted";
  if (activeRun) {
    const waits =
      activeRun.state === "waiting" ||
      activeRun.state === "awaiting_decision" ||
      activeRun.state === "queued" ||
      activeRun.state === "paused";
    return waits ? "waiting" : runKinds[activeRun.kind].meanwhile;
  }
  if (lifecycle === "creating") return "creating";
  if (lifecycle === "deleting") return "deleting";
  if (lifecycle === "failed") return "failed";
  if (replaced) return "replaced";
  if (observed === null || observed.ageMs > STALE_AFTER_MS) return "unknown";
  const { status } = observed;
  return status === "running" || status === "stopped" ? status : "unknown";
}

const nodeRefuses: Partial<Record<NodeState, string>> = {
  unverified: "The node's identity has not been confirmed yet.",
  key_changed: "The node's certificate or host key changed; compare and confirm it first.",
};

/** Why `action` is refused now, in words for the screen; `undefined` when it is allowed. */
export function whyNot(action: ContainerAction, state: ContainerState, node: NodeState): string | undefined {
  const refusal = nodeRefuses[node];
  if (refusal) return refusal;
  const { allowedIn, text } = runKinds[action];
  const allowed: readonly ContainerState[] = allowedIn;
  if (allowed.includes(state)) return undefined;
  if (state === "replaced")
    return "Its VMID belongs to another guest now. That one is left alone; settle it under Orphans.";
  if (state === "waiting" || state === "creating")
    return "Its run is not finished; open the run to follow, cancel or undo it.";
  return `Only a ${allowed.join(" or ")} container can be ${text.done}.`;
}

/** Why no container can be created on a node in this state; `undefined` when one can. */
export function whyNotCreate(node: { state: NodeState; stateReason?: NodeReason | null }): string | undefined {
  if (nodeRefuses[node.state]) return nodeRefuses[node.state];
  if (node.state === "online") return undefined;
  if (node.stateReason) return nodeReasonText(node.stateReason);
  return node.state === "unreachable" ? "The node cannot be reached." : "The node needs attention.";
}
