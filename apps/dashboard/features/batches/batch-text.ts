// A batch in words: how many are where, and what one of its containers is doing.
import type { BatchItem } from "@homeport/api";
import type { BatchCounts } from "@homeport/domain/batch/batch-state";
import { isActive } from "@homeport/domain/run/run-state";
import { runStateLabels, type StateLabel } from "@homeport/domain/text/state-label";
import { waitingTitle } from "@homeport/domain/text/waiting";

/** "7 of 10 ready, 2 being made, 1 failed". */
export function countText({ total, ready, working, waiting, failed }: BatchCounts): string {
  const rest = [
    working > 0 && `${working} being made`,
    waiting > 0 && `${waiting} waiting`,
    failed > 0 && `${failed} failed`,
  ].filter(Boolean);
  return [`${ready} of ${total} ready`, ...rest].join(", ");
}

/** Of the bar that shows them. */
export function countTone({ total, ready, failed }: BatchCounts): "accent" | "good" | "bad" {
  if (failed > 0) return "bad";
  return ready === total ? "good" : "accent";
}

/** A container that was deleted after it was made is not ready any more. */
export function itemState({
  state,
  lifecycle,
  cancelRequested,
}: Pick<BatchItem, "state" | "lifecycle" | "cancelRequested">): StateLabel {
  if ((state === "done" || state === "done_with_warnings") && lifecycle === "deleted")
    return { label: "Deleted", tone: "idle" };
  if (cancelRequested && isActive(state)) return { label: "Cancelling", tone: "busy" };
  return runStateLabels[state];
}

/** What it waits for with its place in the queue, the step it is at, or why it failed. */
export function itemStory(item: Pick<BatchItem, "state" | "waitingFor" | "error" | "step">): string {
  const { state, error, step } = item;
  if (error !== null && !(state === "running" || state === "done")) return error;
  const waits = waitingTitle(item);
  if (waits !== undefined) return waits;
  if (!isActive(state) || step === null) return "";
  return `${step.title} (${step.position} of ${step.total})`;
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
