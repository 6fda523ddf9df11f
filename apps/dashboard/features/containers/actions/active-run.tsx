// The operation that is under way on a container: its step, a bar over the steps, and the way to the run.
import type { ContainerView } from "@homeport/api";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { runStateLabels } from "@homeport/domain/text/state-label";
import { waitingTitle } from "@homeport/domain/text/waiting";
import { Link } from "@/components/link";

export function ActiveRun({ run }: { run: NonNullable<ContainerView["activeRun"]> }) {
  const { step } = run;
  const kind = runKinds[run.kind].text.title;
  const over = step ? step.position - 1 : 0;
  const text = waitingTitle(run) ?? step?.title ?? `${kind}: ${runStateLabels[run.state].label}`;
  return (
    <Link href={`/runs/${run.id}`} className="block rounded text-table hover:underline">
      <span className="flex justify-between gap-2">
        <span className="truncate">
          {run.state === "awaiting_decision" ? (
            <span className="text-bad">{step ? `“${step.title}” failed: decide` : text}</span>
          ) : (
            text
          )}
        </span>
        {step && (
          <span className="shrink-0 text-meta text-muted tabular-nums">
            step {step.position} of {step.total}
          </span>
        )}
      </span>
      {step && (
        <span
          role="progressbar"
          aria-label={kind}
          aria-valuemin={0}
          aria-valuemax={step.total}
          aria-valuenow={over}
          className="mt-1.5 block h-[3px] rounded-full bg-line"
        >
          <span
            className={`block h-full rounded-full ${run.state === "awaiting_decision" ? "bg-bad" : "bg-accent"}`}
            style={{ width: `${Math.max(2, (over / step.total) * 100)}%` }}
          />
        </span>
      )}
    </Link>
  );
}
