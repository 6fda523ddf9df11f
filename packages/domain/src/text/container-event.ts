// What happened to a container, in English.
import {
  type ContainerEvent,
  endOf,
  isRunEnded,
  type RunEnded,
  type StoredContainerEvent,
} from "../container/container-event";
import { runKinds } from "../run/run-kinds";
import { type Catalogue, textFrom } from "./catalogue";

type Other = Exclude<ContainerEvent, RunEnded>;

const settled: Record<Extract<Other, { type: "container.reconciled" }>["what"], string> = {
  adopted: "Its guest was found on the node and adopted.",
  found_to_delete: "Its guest was found on the node and is being deleted.",
  marked_deleted: "Its guest was gone from the node; it was marked as deleted.",
};

const begunAnew: Record<Extract<Other, { type: "run.readopted" }>["why"], string> = {
  lost: "Temporal had lost its run. It was begun anew, and finds what it did before.",
  cancelled_stuck:
    "The engine could not go on with its run, which was cancelled: it was begun anew, and finds what it did before.",
};

const english: Catalogue<Other, "type"> = {
  "container.reconciled": ({ what }) => settled[what],
  "container.failed": () => "No run works on it any more. Delete it to clear away what is left of it.",
  "run.readopted": ({ why }) => begunAnew[why],
  "lease.ended": ({ runId }) =>
    runId === undefined ? "Its lease ended; it was stopped already." : "Its lease ended: it is shut down.",
  "lease.destroys": () => "Its lease had ended, and nobody extended it: it is destroyed.",
  "run.cancel_not_recorded": () =>
    "Somebody asked Temporal to cancel its run, past Homeport. The run goes on: whoever wants it to stop cancels it on its page.",
};

export function containerEventText(event: StoredContainerEvent): string {
  if (event.type === "text") return event.text === "" ? "Another version of Homeport knows what." : event.text;
  if (isRunEnded(event)) return endText(event);
  return textFrom(english, "type", event);
}

function endText(event: RunEnded): string {
  const { kind, state } = endOf(event);
  const { undoable, text } = runKinds[kind];
  switch (state) {
    case "done":
      return `The container was ${text.done}.`;
    case "done_with_warnings":
      return `The container was ${text.done}, with warnings.`;
    case "undone":
      return "Its creation was undone: nothing of it is left.";
    case "cancelled":
      return undoable
        ? "Its creation was cancelled and undone: nothing of it is left."
        : "The operation was cancelled.";
    case "failed":
      return `The container could not be ${text.done}.`;
  }
}
