"use client";
// Why a run does not move now: it is paused, will be, waits for its slot or for something else, or is being cancelled.
import type { RunDetail, SlotView } from "@homeport/api";
import { isActive } from "@homeport/domain/run/run-state";
import { waitingTitle } from "@homeport/domain/text/waiting";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { Banner } from "@homeport/ui/banner";
import { RelativeTime } from "@homeport/ui/relative-time";
import { poolText } from "./slot-text";

export function Standing({ run }: { run: RunDetail }) {
  const { state, cancelRequestedAt, pauseRequestedAt, waitingFor, slot, decisions } = run;
  if (!isActive(state)) return <TakenBack run={run} />;
  const late = decisions.findLast(({ delivered, refusal }) => !delivered && refusal === null);
  const waits = waitingTitle(run);
  const next = run.steps.find((step) => step.state === "pending");
  if (cancelRequestedAt)
    return (
      <Banner
        tone="wait"
        className="mb-4"
        title={
          runKinds[run.kind].undoable
            ? "It is being cancelled, and what it made is being undone"
            : "It is being cancelled"
        }
      >
        Asked <RelativeTime at={cancelRequestedAt} />
        {by(run, "cancel")}.
        {state === "waiting" && waits && ` ${waits}. It goes on by itself as soon as that has changed.`}
        {late && " The engine is away; it begins as soon as it is back."}
      </Banner>
    );
  if (waitingFor?.on === "engine" && waitingFor.why === "unfit")
    return (
      <Banner tone="bad" className="mb-4" title="The engine cannot continue this run with this version of Homeport">
        Its steps were begun by an earlier version, and what this one would do does not fit. Go back to the earlier
        version: the run goes on by itself then, and nothing is lost. The worker’s log names what does not fit.
      </Banner>
    );
  if (waitingFor?.on === "engine" && waitingFor.why === "failing")
    return (
      <Banner tone="bad" className="mb-4" title="The engine fails to continue this run">
        It is tried again and again, and goes on by itself when that helps; nothing is lost. The worker’s log says why.
        If Homeport was updated a moment ago, go back to the earlier version.
      </Banner>
    );
  if (state === "paused")
    return (
      <Banner tone="info" className="mb-4" title={next ? `Paused before “${next.title}”` : "Paused"}>
        Nothing happens until it is resumed; what runs in the container goes on.
        {pauseRequestedAt && (
          <>
            {" "}
            Asked <RelativeTime at={pauseRequestedAt} />
            {by(run, "pause")}.
          </>
        )}
      </Banner>
    );
  if (slot)
    return (
      <Banner tone="wait" className="mb-4" title={`Waiting for a slot: ${place(slot)}`}>
        {run.node.name} gets {poolText(slot)} at once. It begins by itself.
      </Banner>
    );
  if (waits && state !== "awaiting_decision")
    return (
      <Banner tone="wait" className="mb-4" title={waits}>
        {state === "running"
          ? "What it made is taken back, the newest first; then its VMID is free again."
          : whenItGoesOn(pauseRequestedAt !== null, next?.title)}
      </Banner>
    );
  if (pauseRequestedAt)
    return (
      <Banner
        tone="info"
        className="mb-4"
        title={next ? `Pauses before “${next.title}”` : "Pauses before the next step"}
      >
        What is under way is finished first.
      </Banner>
    );
  return null;
}

const whenItGoesOn = (pauses: boolean, next: string | undefined): string =>
  pauses
    ? `As soon as that has changed, the step under way is finished; then it pauses${next === undefined ? "" : ` before “${next}”`}, as was asked.`
    : "It goes on by itself as soon as that has changed; nothing is lost meanwhile.";

const by = ({ decisions }: RunDetail, what: string): string => {
  const name = decisions.findLast(({ decision }) => decision === what)?.by;
  return name ? ` by ${name}` : "";
};

function TakenBack({ run }: { run: RunDetail }) {
  const { state, steps, container } = run;
  if (!runKinds[run.kind].undoable || !(state === "undone" || steps.some((step) => step.state === "undone")))
    return null;
  return (
    <Banner
      tone="info"
      className="mb-4"
      title={
        state === "cancelled"
          ? "It was cancelled, and what it had made was taken back"
          : "What it had made was taken back"
      }
    >
      Nothing of {container.hostname} is left on {run.node.name}, and its VMID is free again. “Run again with changes”
      creates it again.
    </Banner>
  );
}

const place = ({ ahead, position }: SlotView): string =>
  ahead === 0 ? "next in the queue" : `number ${position} in the queue, ${ahead} ahead`;
