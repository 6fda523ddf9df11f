// Where a request for a container beyond a quota stands.
import type { ApprovalDecision } from "@homeport/db/types";

export type ApprovalState = "open" | ApprovalDecision | "lapsed";

/** Days in which somebody can decide about it. */
export const APPROVAL_DAYS = 7;

export function approvalState(
  { decision, expiresAt }: { decision: ApprovalDecision | null; expiresAt: Date },
  now: Date,
): ApprovalState {
  if (decision !== null) return decision;
  return expiresAt <= now ? "lapsed" : "open";
}

/** Why nobody decides about it any more; undefined while it is open. */
export function whyEnded(state: ApprovalState): string | undefined {
  return state === "open" ? undefined : ended[state];
}

const ended: Record<Exclude<ApprovalState, "open">, string> = {
  approved: "This request was approved already.",
  refused: "This request was refused already.",
  withdrawn: "This request was withdrawn.",
  lapsed: `This request has lapsed: nobody decided about it within ${APPROVAL_DAYS} days.`,
};
