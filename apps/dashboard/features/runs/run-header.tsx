"use client";
// What the run is, how far, for how long, and what can be done about it now.
import type { RunDetail } from "@homeport/api";
import { isActive } from "@homeport/domain/run/run-state";
import { runStateLabels } from "@homeport/domain/text/state-label";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { Button } from "@homeport/ui/button";
import { PageHeader } from "@homeport/ui/page-header";
import { ProgressBar } from "@homeport/ui/progress-bar";
import { RelativeTime } from "@homeport/ui/relative-time";
import { StateBadge } from "@homeport/ui/state-badge";
import { Link } from "@/components/link";
import { Steering } from "./decision/steering";
import { elapsedMs, formatDuration } from "../../lib/format/duration";
import { progressText, runProgress } from "./progress";
import { RunMenu } from "./run-menu";
import { runTitle } from "@homeport/domain/text/run-title";
import { useNow } from "../../lib/hooks/use-now";

export function RunHeader({ run }: { run: RunDetail }) {
  const { container, node, template, state, user, createdAt, batch, againOf } = run;
  return (
    <>
      <PageHeader
        className="mb-3"
        title={runTitle(run)}
        aside={<StateBadge state={runStateLabels[state]} />}
        description={
          <span className="flex flex-wrap gap-x-2">
            <Link href={`/containers/${container.id}`} className="text-accent underline underline-offset-2">
              {container.hostname}
            </Link>
            {container.vmid !== null && <span className="font-mono text-table">{container.vmid}</span>}
            <span>
              on{" "}
              <Link href={`/nodes/${node.id}`} className="text-accent underline underline-offset-2">
                {node.name}
              </Link>
            </span>
            <span>
              · {template.title}, revision {template.revision}
            </span>
            <span>
              · {run.byLease ? "begun by its lease, set by" : "requested by"} {user.name}{" "}
              <RelativeTime at={createdAt} />
            </span>
            {batch && (
              <span>
                · one of{" "}
                <Link href={`/batches/${batch.id}`} className="text-accent underline underline-offset-2">
                  {batch.title}
                </Link>
              </span>
            )}
            {againOf && (
              <span>
                · made again from{" "}
                <Link href={`/runs/${againOf.id}`} className="text-accent underline underline-offset-2">
                  {againOf.hostname}
                </Link>
              </span>
            )}
          </span>
        }
        actions={
          <>
            <Steering run={run} />
            <RunMenu run={run} />
            {(state === "done" || state === "done_with_warnings") && runKinds[run.kind].guest !== "removes" && (
              <Button asChild variant="primary">
                <Link href={`/containers/${container.id}`}>Open {container.hostname}</Link>
              </Button>
            )}
          </>
        }
      />
      <RunProgress run={run} />
    </>
  );
}

function runTone(state: RunDetail["state"]): "accent" | "wait" | "bad" | "neutral" {
  if (state === "failed" || state === "awaiting_decision") return "bad";
  if (state === "waiting" || state === "paused") return "wait";
  return isActive(state) ? "accent" : "neutral";
}

/** "1 min of about 2 min", "Took 3 min, usually 2 min". */
function timeText({ state, expectedSeconds }: RunDetail, ms: number): string {
  const time = isActive(state) ? formatDuration(ms) : `Took ${formatDuration(ms)}`;
  if (expectedSeconds === null) return time;
  const expected = formatDuration(expectedSeconds * 1_000);
  return isActive(state) && ms <= expectedSeconds * 1_000
    ? `${time} of about ${expected}`
    : `${time}, usually ${expected}`;
}

function RunProgress({ run }: { run: RunDetail }) {
  const now = useNow();
  const { fraction } = runProgress(run.steps, now ?? run.startedAt ?? run.createdAt);
  const ms = now && elapsedMs(run, now);
  return (
    <div className="mb-4">
      <ProgressBar label="Progress of the run" value={fraction} tone={runTone(run.state)} />
      <p className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-table text-muted tabular-nums">
        <span>
          {run.state === "queued" && run.waitingFor === null ? "Begins as soon as a worker takes it. " : ""}
          {progressText(run)}
        </span>
        <span>{ms === undefined ? "" : timeText(run, ms)}</span>
      </p>
    </div>
  );
}
