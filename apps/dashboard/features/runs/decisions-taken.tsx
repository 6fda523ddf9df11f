// What people decided about a run: who, what, when, and whether the engine has it.
import type { DecisionView, RunDetail } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Card } from "@homeport/ui/card";
import { RelativeTime } from "@homeport/ui/relative-time";

const did: Record<DecisionView["decision"], string> = {
  retry: "Retry",
  skip: "Skip",
  undo: "Undo everything",
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel",
};

export function DecisionsTaken({ run }: { run: RunDetail }) {
  if (run.decisions.length === 0) return null;
  // Who cancels a run wants its open decisions to fall with it: that is no failure.
  const stopped = run.state === "cancelled" || run.state === "undone";
  const title = (name: string | null): string | undefined => run.steps.find((step) => step.name === name)?.title;
  return (
    <Card title="Decisions">
      <ol aria-label="Decisions" className="grid gap-2 text-table">
        {run.decisions.map(({ decision, step, by, at, edited, delivered, refusal }, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
            <span className="font-medium">{did[decision]}</span>
            {step !== null && <span>“{title(step) ?? step}”</span>}
            {edited && <Badge tone="accent">with edits</Badge>}
            {!delivered && refusal === null && <Badge tone="wait">not with the engine yet</Badge>}
            <span className="ml-auto text-muted">
              {by ?? "Somebody whose account is gone"}, <RelativeTime at={at} />
            </span>
            {refusal !== null && (
              <span className={`basis-full ${stopped ? "text-muted" : "text-bad"}`}>Not done: {refusal}</span>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
