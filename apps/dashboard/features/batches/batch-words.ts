// A batch in words: how many are where, and what one of its containers is doing.
import type { BatchItem } from "@homeport/api";
import type { BatchCounts } from "@homeport/domain/batch/batch-state";
import { isActive } from "@homeport/domain/run/run-state";
import { runWords, type StateWord } from "@homeport/domain/text/state-word";
import { waitingWords } from "@homeport/domain/text/waiting";

/** "7 of 10 ready, 2 being made, 1 failed". */
export function countWords({ total, ready, working, waiting, failed }: BatchCounts): string {
  const rest = [
    working > 0 && `${working} being made`,
    waiting > 0 && `${waiting} waiting`,
    failed > 0 && `${failed} failed`,
  ].filter(Boolean);
  return [`${ready} of ${total} ready`, ...rest].join(", ");
}

/** A container that was deleted after it was made is not ready any more. */
export function itemState({
  state,
  lifecycle,
  cancelRequested,
}: Pick<BatchItem, "state" | "lifecycle" | "cancelRequested">): StateWord {
  if ((state === "done" || state === "done_with_warnings") && lifecycle === "deleted")
    return { word: "Deleted", tone: "idle" };
  if (cancelRequested && isActive(state)) return { word: "Cancelling", tone: "busy" };
  return runWords[state];
}

/** What it waits for with its place in line, the step it is at, or why it failed. */
export function itemStory(item: Pick<BatchItem, "state" | "waitingFor" | "error" | "step">): string {
  const { state, error, step } = item;
  if (error !== null && !(state === "running" || state === "done")) return error;
  const waits = waitingWords(item);
  if (waits !== undefined) return waits;
  if (!isActive(state) || step === null) return "";
  return `${step.title} (${step.position} of ${step.total})`;
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
