// Why a node's actions are refused now, in words for the screen; the server refuses the same.
import type { NodeView } from "@homeport/api";

export function whyNotDestroy({ containerCount }: NodeView): string | undefined {
  return containerCount === 0 ? undefined : `It has ${containerCount} ${containerCount === 1 ? "container" : "containers"}: destroy ${containerCount === 1 ? "it" : "them"} first.`;
}

export function whyNotDefault({ isDefault }: NodeView): string | undefined {
  return isDefault ? "It is the default node already." : undefined;
}

export function whyNotProbe({ probing }: NodeView): string | undefined {
  return probing ? "It is being checked now." : undefined;
}

/** Whether a person has to compare fingerprints before anything is sent there. */
export function needsConfirming({ state }: NodeView): boolean {
  return state === "unverified" || state === "key_changed";
}
