"use client";
// A failed step: why, in plain words; its last lines; what was tried; and what can be decided, each with the reason when it cannot.
import type { DecisionView, RunDetail, StepView } from "@homeport/api";
import { Decisions } from "@homeport/domain/run/run-state";
import { CircleAlert } from "lucide-react";
import { plainText } from "../log/ansi";
import type { StepLog } from "../log/step-log";
import { Decide } from "./decide";
import { Tried } from "./tried";

const LAST_LINES = 8;

interface Props {
  run: RunDetail;
  step: StepView;
  log: StepLog | undefined;
  /** Shows the step's log, of one attempt or of all. */
  onShow: (attempt?: number) => void;
}

export function DecisionCard({ run, step, log, onShow }: Props) {
  const decides = run.state === "awaiting_decision";
  const last = (log?.lines ?? [])
    .filter(
      ({ kind, stream, text, attempt }) =>
        kind === "text" && stream !== "homeport" && attempt === step.attempt && text.trim() !== "",
    )
    .slice(-LAST_LINES);
  return (
    <section aria-label={`“${step.title}” failed`} className="mb-4 rounded-md border border-bad/50 bg-surface">
      <div className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-3 p-4">
        <CircleAlert aria-hidden className="mt-0.5 size-4 text-bad" />
        <div role="alert">
          <h2 className="font-semibold">“{step.title}” failed</h2>
          <p className="mt-1 break-words">
            {step.error ?? run.error ?? "The step ended without saying why; its log may."}
          </p>
        </div>
        <div className="col-start-2 mt-3 grid min-w-0 gap-3 max-sm:col-span-2 max-sm:col-start-1">
          {last.length > 0 && (
            <figure className="min-w-0">
              <figcaption className="mb-1 flex items-baseline justify-between gap-3 text-meta text-muted">
                The end of its log{" "}
                <button
                  type="button"
                  className="text-accent underline underline-offset-2"
                  onClick={() => {
                    onShow();
                  }}
                >
                  Show all of it
                </button>
              </figcaption>
              <pre
                tabIndex={0}
                aria-label="Last lines"
                className="max-h-48 overflow-auto rounded-sm border bg-sunken px-3 py-2 text-meta break-words whitespace-pre-wrap"
              >
                {last.map(({ text }) => plainText(text)).join("\n")}
              </pre>
            </figure>
          )}
          {step.attempts.length > 0 && (
            <div className="min-w-0">
              <h3 className="mb-1 text-meta text-muted">What was tried</h3>
              <Tried attempts={step.attempts} tries={step.tries} shownError={step.error} onShow={onShow} />
            </div>
          )}
          {decides && (
            <Decide key={`${step.id}/${step.attempt}`} run={run} step={step} decided={decidedAlready(run, step)} />
          )}
        </div>
      </div>
    </section>
  );
}

/** A decision about this very failure that is on its way to the engine. */
function decidedAlready({ decisions }: RunDetail, { name, endedAt }: StepView): DecisionView | undefined {
  return decisions.findLast(
    ({ decision, step, refusal, at }) =>
      step === name &&
      refusal === null &&
      at.getTime() >= (endedAt?.getTime() ?? 0) &&
      Decisions.some((one) => one === decision),
  );
}
