"use client";
// All batches, newest first.
import type { BatchSummary } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { EmptyState } from "@homeport/ui/empty-state";
import { PageHeader } from "@homeport/ui/page-header";
import { ProgressBar } from "@homeport/ui/progress-bar";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { useProject } from "@/lib/project/project-provider";
import { useRoleRefusal } from "@/lib/project/use-role";
import { trpc } from "@/lib/trpc";
import { useCalm } from "@/lib/hooks/use-calm";
import { countText, countTone } from "./batch-text";
import { BATCHES_PAGE } from "./page-size";

export function BatchesList() {
  const refusal = useRoleRefusal("container:write");
  const { id: projectId } = useProject();
  const query = trpc.batches.list.useInfiniteQuery(
    { projectId, limit: BATCHES_PAGE },
    { getNextPageParam: ({ nextCursor }) => nextCursor },
  );
  const utils = trpc.useUtils();
  const refresh = useCalm(() => {
    void utils.batches.list.invalidate();
  });
  trpc.containers.watch.useSubscription(
    { projectId },
    {
      onData: ({ seenOnly }) => {
        if (!seenOnly) refresh();
      },
    },
  );
  const batches = query.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageHeader
        title="Batches"
        description="Several containers from one template, made in one go."
        actions={
          <>
            <Button asChild>
              <Link href="/runs">All runs</Link>
            </Button>
            <Button asChild variant="primary" disabledReason={refusal}>
              <Link href="/batches/new">New batch</Link>
            </Button>
          </>
        }
      />
      {!batches &&
        (query.error ? (
          <QueryError
            error={query.error}
            what="The batches"
            onRetry={() => {
              void query.refetch();
            }}
            retrying={query.isFetching}
          />
        ) : (
          <SkeletonGroup label="Loading batches" className="grid gap-2">
            <Skeleton className="h-12" />
            <Skeleton className="h-12" />
          </SkeletonGroup>
        ))}
      {batches && <BatchRows batches={batches} />}
      {query.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button
            pending={query.isFetchingNextPage}
            onClick={() => {
              void query.fetchNextPage();
            }}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function BatchRows({ batches }: { batches: readonly BatchSummary[] }) {
  const refusal = useRoleRefusal("container:write");
  if (batches.length === 0)
    return (
      <EmptyState
        title="No batches yet"
        actions={
          <Button asChild disabledReason={refusal}>
            <Link href="/batches/new">Make several containers at once</Link>
          </Button>
        }
      >
        Names and addresses come from a pattern, such as web-{"{01..10}"}.
      </EmptyState>
    );
  return (
    <ul aria-label="Batches" className="overflow-hidden rounded-md border bg-surface text-table">
      {batches.map(({ id, title, template, node, counts, createdAt }) => (
        <li
          key={id}
          className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b px-3 py-2 last:border-b-0 hover:bg-hover md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_220px_120px]"
        >
          <Link
            href={`/batches/${id}`}
            className="truncate font-mono font-medium before:absolute before:inset-0 hover:underline"
          >
            {title}
          </Link>
          <span className="truncate text-muted max-md:order-4">
            {template.title} on {node.name}
          </span>
          <span className="min-w-0 max-md:order-3 max-md:col-span-2">
            <ProgressBar
              label={`Progress of ${title}`}
              value={counts.total === 0 ? 0 : counts.ready / counts.total}
              tone={countTone(counts)}
            />
            <span className="mt-1 block truncate text-meta text-muted tabular-nums">{countText(counts)}</span>
          </span>
          <span className="text-right text-muted">
            <RelativeTime at={createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
