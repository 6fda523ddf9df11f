"use client";
// A batch on one page: how many are where, each container with its run, and what can be done about all of them.
import type { BatchDetail } from "@homeport/api";
import { PageHeader } from "@homeport/ui/page-header";
import { ProgressBar } from "@homeport/ui/progress-bar";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { BatchActions } from "./batch-actions";
import { BatchItems } from "./batch-items";
import { countText, countTone } from "./batch-text";
import { useBatch } from "./use-batch";

export function BatchPage({ id }: { id: string }) {
  const { data: batch, error, refetch, isFetching, dataUpdatedAt } = useBatch(id);
  if (!batch && error)
    return (
      <QueryError
        error={error}
        what="This batch"
        onRetry={() => {
          void refetch();
        }}
        retrying={isFetching}
        back={{ href: "/batches", label: "All batches" }}
      />
    );
  if (!batch)
    return (
      <SkeletonGroup label="Loading the batch" className="grid gap-4">
        <Skeleton className="h-7 w-64" />
        <Skeleton className="h-1" />
        <Skeleton className="h-80" />
      </SkeletonGroup>
    );
  return (
    <>
      <StaleNote error={error} updatedAt={dataUpdatedAt} />
      <Header batch={batch} />
      <BatchItems items={batch.items} />
    </>
  );
}

function Header({ batch }: { batch: BatchDetail }) {
  const { title, template, node, user, createdAt, counts } = batch;
  return (
    <>
      <PageHeader
        className="mb-3"
        title={
          <>
            Batch <span className="font-mono break-all">{title}</span>
          </>
        }
        description={
          <span className="flex flex-wrap gap-x-2">
            <Link
              href={`/templates/${encodeURIComponent(template.name)}`}
              className="text-accent underline underline-offset-2"
            >
              {template.title}
            </Link>
            <span>
              on{" "}
              <Link href={`/nodes/${node.id}`} className="text-accent underline underline-offset-2">
                {node.name}
              </Link>
            </span>
            <span>
              · requested by {user.name} <RelativeTime at={createdAt} />
            </span>
          </span>
        }
        actions={<BatchActions batch={batch} />}
      />
      <div className="mb-4">
        <ProgressBar
          label="Progress of the batch"
          value={counts.total === 0 ? 0 : counts.ready / counts.total}
          tone={countTone(counts)}
        />
        <p role="status" className="mt-1.5 text-table text-muted tabular-nums">
          {countText(counts)}
        </p>
      </div>
    </>
  );
}
