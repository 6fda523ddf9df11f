"use client";
// Which run to compare with: earlier ones of the same kind, those of the same template first.
import type { RunDetail, RunView } from "@homeport/api";
import { runStateLabels } from "@homeport/domain/text/state-label";
import { Dialog } from "@homeport/ui/dialog";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { StateBadge } from "@homeport/ui/state-badge";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { useProject } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";
import { runTitle } from "@homeport/domain/text/run-title";

const OFFERED = 12;

export function CompareDialog({ run, onClose }: { run: RunDetail; onClose: () => void }) {
  const { id: projectId } = useProject();
  const list = trpc.runs.list.useQuery({ projectId, limit: 100 });
  const others = list.data?.items.filter(({ id, kind }) => id !== run.id && kind === run.kind);
  const same = (one: { template: { name: string } }): number => (one.template.name === run.template.name ? 0 : 1);
  const offered = others?.toSorted((a, b) => same(a) - same(b)).slice(0, OFFERED);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Compare “${runTitle(run)}” with`}
      description="The other run is shown on the left, this one on the right."
    >
      {offered === undefined &&
        (list.error ? (
          <QueryError
            error={list.error}
            what="The runs"
            onRetry={() => {
              void list.refetch();
            }}
            retrying={list.isFetching}
          />
        ) : (
          <SkeletonGroup label="Loading runs" className="grid gap-2">
            <Skeleton className="h-9" />
            <Skeleton className="h-9" />
            <Skeleton className="h-9" />
          </SkeletonGroup>
        ))}
      {offered && <OfferedRuns offered={offered} run={run} />}
    </Dialog>
  );
}

function OfferedRuns({ offered, run }: { offered: readonly RunView[]; run: RunDetail }) {
  if (offered.length === 0) return <p className="text-muted">There is no other run of this kind yet.</p>;
  return (
    <ul aria-label="Runs to compare with" className="divide-y rounded-md border text-table">
      {offered.map((one) => (
        <li
          key={one.id}
          className="relative grid min-h-10 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-1 hover:bg-hover"
        >
          <Link
            href={`/runs/compare?a=${one.id}&b=${run.id}`}
            className="truncate font-medium before:absolute before:inset-0"
          >
            {runTitle(one)}
          </Link>
          <span className="flex items-center gap-3 text-muted">
            <StateBadge plain state={runStateLabels[one.state]} />
            <RelativeTime at={one.createdAt} />
          </span>
          <span className="col-span-2 truncate text-meta text-muted">
            {one.template.title} on {one.node.name}
          </span>
        </li>
      ))}
    </ul>
  );
}
