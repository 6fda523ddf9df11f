// Why a node's actions are refused now, in words for the screen; the server refuses the same.
import type { NodeView } from "@homeport/api";
import { failedSignIn } from "@homeport/domain/node/failed-sign-in";

export function whyNotDestroy({ containerCount }: NodeView): string | undefined {
  return containerCount === 0
    ? undefined
    : `It has ${containerCount} ${containerCount === 1 ? "container" : "containers"}: destroy ${containerCount === 1 ? "it" : "them"} first.`;
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

/** Of a node that is not saved yet; the server refuses the same (packages/api/src/nodes/save.ts). */
export function whyNotSave(node: NodeView): string | undefined {
  if (needsConfirming(node)) return "Its keys have to be confirmed first.";
  if (node.probing) return "It is being checked now.";
  if (node.report === null) return node.probedAt === null ? "It has to be tested first." : "Its test found no way in.";
  if (node.state === "unreachable") return "It does not answer.";
  const failed = failedSignIn(node.report);
  return failed === undefined ? undefined : `Its test failed: ${failed}.`;
}
