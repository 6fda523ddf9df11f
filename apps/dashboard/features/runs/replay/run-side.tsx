"use client";
// One of two runs that are compared, in short.
import type { ComparedRun } from "@homeport/api";
import { runStateLabels } from "@homeport/domain/text/state-label";
import { RelativeTime } from "@homeport/ui/relative-time";
import { StateBadge } from "@homeport/ui/state-badge";
import { Link } from "@/components/link";
import { elapsedMs, formatDuration } from "../../../lib/format/duration";
import { runTitle } from "@homeport/domain/text/run-title";
import { useNow } from "../../../lib/hooks/use-now";

export function RunSide({ run, side }: { run: ComparedRun; side: "Left" | "Right" }) {
  const now = useNow();
  const ms = now && elapsedMs(run, now);
  return (
    <section aria-label={`${side}: ${runTitle(run)}`} className="min-w-0 rounded-md border bg-surface p-4">
      <p className="text-meta text-muted">{side}</p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 text-title font-semibold break-words">
          <Link href={`/runs/${run.id}`} className="text-accent underline underline-offset-2">
            {runTitle(run)}
          </Link>
        </h2>
        <StateBadge state={runStateLabels[run.state]} />
      </div>
      <p className="mt-1 text-table text-muted">
        {run.template.title}, revision {run.template.revision} · {run.node.name}
        {run.container.vmid === null ? "" : ` · VMID ${run.container.vmid}`} · by{" "}
        {run.byLease ? "its lease" : run.user.name} <RelativeTime at={run.createdAt} />
        {ms === undefined ? "" : ` · ${formatDuration(ms)}`}
      </p>
      {run.error !== null && <p className="mt-2 text-table break-words text-bad">{run.error}</p>}
    </section>
  );
}
