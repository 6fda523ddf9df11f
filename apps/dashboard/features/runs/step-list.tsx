"use client";
// The steps of a run as a timeline: state, attempt, how long, and a bar that shows when, to scale.
import type { RunDetail, StepView } from "@homeport/api";
import { stepDetailText } from "@homeport/domain/text/step-detail";
import { stepStateLabels } from "@homeport/domain/text/state-label";
import { cn } from "@homeport/ui/cn";
import { elapsedMs, formatDuration } from "../../lib/format/duration";
import { StepIcon } from "./step-icon";
import { useNow } from "../../lib/hooks/use-now";

interface Props {
  run: RunDetail;
  chosen: string | undefined;
  onChoose: (step: StepView) => void;
}

export function StepList({ run, chosen, onChoose }: Props) {
  const now = useNow();
  // While it waits for a decision nothing runs: the scale ends with the last step that did.
  const last = run.steps.findLast(({ startedAt }) => startedAt !== null);
  const end = run.endedAt ?? (run.state === "awaiting_decision" ? last?.endedAt : undefined) ?? now;
  const start = run.steps.find(({ startedAt }) => startedAt)?.startedAt;
  const span = { from: start?.getTime() ?? 0, ms: start && end ? Math.max(1, end.getTime() - start.getTime()) : 1 };
  return (
    <ol aria-label="Steps" className="flex flex-col">
      {run.steps.map((step) => (
        <li key={step.id} aria-label={`${step.title}: ${stepStateLabels[step.state].label}`}>
          <button
            type="button"
            aria-current={step.name === chosen ? "step" : undefined}
            onClick={() => {
              onChoose(step);
            }}
            className={cn(
              "grid min-h-11 w-full grid-cols-[20px_1fr_auto] items-center gap-x-2 border-l-2 px-3 py-1.5 text-left outline-offset-[-2px] hover:bg-hover",
              step.name === chosen ? "border-accent bg-hover" : "border-transparent",
              step.state === "pending" && "text-muted",
            )}
          >
            <StepIcon state={step.state} />
            <span className="truncate text-table">{step.title}</span>
            <Took step={step} now={now} />
            <span />
            <span className="col-span-2 flex flex-col gap-1">
              <Detail step={step} />
              <Bar step={step} span={span} now={now} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Took({ step, now }: { step: StepView; now: Date | undefined }) {
  const ms = now && elapsedMs(step, now);
  const expected = step.expectedSeconds === null ? undefined : formatDuration(step.expectedSeconds * 1_000);
  if (ms === undefined)
    return (
      <span className="text-meta text-muted tabular-nums">
        {step.state === "pending" && expected ? `about ${expected}` : ""}
      </span>
    );
  return (
    <span className="text-meta text-muted tabular-nums" title={expected && `Usually ${expected}`}>
      {formatDuration(ms)}
    </span>
  );
}

function Detail({ step }: { step: StepView }) {
  const tries = [
    step.attempt > 1 && `attempt ${step.attempt}`,
    step.tries > 1 && `${step.tries} tries`,
    step.warnings > 0 && `${step.warnings} ${step.warnings === 1 ? "warning" : "warnings"}`,
  ]
    .filter(Boolean)
    .join(", ");
  const text = step.state === "failed" ? step.error : step.detail && stepDetailText(step.detail);
  if (!text && tries === "") return null;
  return (
    <span className="flex min-w-0 gap-2 text-meta text-muted">
      {text && <span className={cn("min-w-0 truncate", step.state === "failed" && "text-bad")}>{text}</span>}
      {tries !== "" && <span className="shrink-0">{tries}</span>}
    </span>
  );
}

const barColors: Partial<Record<StepView["state"], string>> = { failed: "bg-bad", running: "bg-accent" };

/** Where in the run the step was, and how long: the whole width is the run so far. */
function Bar({ step, span, now }: { step: StepView; span: { from: number; ms: number }; now: Date | undefined }) {
  const ms = now && elapsedMs(step, now);
  if (ms === undefined || step.startedAt === null) return null;
  const left = Math.min(99, ((step.startedAt.getTime() - span.from) / span.ms) * 100);
  const width = Math.max(0.8, Math.min(100 - left, (ms / span.ms) * 100));
  return (
    <span aria-hidden className="block h-[3px] rounded-full bg-line">
      <span
        className={cn("block h-full rounded-full", barColors[step.state] ?? "bg-muted/50")}
        style={{ marginLeft: `${left}%`, width: `${width}%` }}
      />
    </span>
  );
}
