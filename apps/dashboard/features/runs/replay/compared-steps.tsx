"use client";
// The steps of two runs, aligned: state, attempts and how long, with the difference in time.
import type { ComparedStep, Comparison } from "@homeport/api";
import { stepDetailText } from "@homeport/domain/text/step-detail";
import { stepStateLabels } from "@homeport/domain/text/state-label";
import { Badge } from "@homeport/ui/badge";
import { Card } from "@homeport/ui/card";
import { cn } from "@homeport/ui/cn";
import { StateBadge } from "@homeport/ui/state-badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { formatDuration } from "../../../lib/format/duration";

interface Props {
  steps: Comparison["steps"];
  chosen: string | undefined;
  onChoose: (name: string) => void;
}

export function ComparedSteps({ steps, chosen, onChoose }: Props) {
  return (
    <Card title="Steps" hint="Choose one to compare its logs." flush>
      <Table aria-label="Steps">
        <TableHead>
          <TableRow>
            <TableHeader>Step</TableHeader>
            <TableHeader>Left</TableHeader>
            <TableHeader>Right</TableHeader>
            <TableHeader className="text-right max-sm:hidden">Right took</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {steps.map(({ name, title, a, b }) => (
            <TableRow key={name} className={cn(name === chosen && "bg-hover")}>
              <TableCell className="max-w-64">
                <button
                  type="button"
                  aria-current={name === chosen ? "step" : undefined}
                  onClick={() => {
                    onChoose(name);
                  }}
                  className="block max-w-full truncate text-left text-accent underline underline-offset-2"
                >
                  {title}
                </button>
              </TableCell>
              <Side step={a} />
              <Side step={b} />
              <TableCell className="text-right text-muted tabular-nums max-sm:hidden">{difference(a, b)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function Side({ step }: { step: ComparedStep | null }) {
  if (!step) return <TableCell className="text-muted">Not part of it</TableCell>;
  const ms = took(step);
  return (
    <TableCell title={step.error ?? (step.detail ? stepDetailText(step.detail) : undefined)}>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <StateBadge plain state={stepStateLabels[step.state]} />
        <span className="text-muted tabular-nums">{ms === undefined ? "" : formatDuration(ms)}</span>
        {step.attempt > 1 && <span className="text-meta text-muted">{step.attempt} attempts</span>}
        {step.edited && <Badge tone="accent">edited</Badge>}
      </span>
    </TableCell>
  );
}

/** Milliseconds; undefined while it is not over. */
export const took = ({ startedAt, endedAt }: ComparedStep): number | undefined =>
  startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : undefined;

/** "0.4 s more", "12 s less"; under a tenth of a second nobody cares. */
function difference(a: ComparedStep | null, b: ComparedStep | null): string {
  const [one, other] = [a && took(a), b && took(b)];
  if (one === null || one === undefined || other === null || other === undefined) return "";
  const ms = other - one;
  return Math.abs(ms) < 100 ? "as long" : `${formatDuration(Math.abs(ms))} ${ms > 0 ? "more" : "less"}`;
}
