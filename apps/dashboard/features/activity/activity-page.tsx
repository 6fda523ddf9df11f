"use client";
// Who did what to what, when; filtered by the address, so that a filtered view can be shared.
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { PageHeader } from "@homeport/ui/page-header";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { History, Radio } from "lucide-react";
import { useState } from "react";
import { QueryError } from "@/components/query-error";
import { ShowOlder } from "@/components/show-older";
import { StaleNote } from "@/components/stale-note";
import { trpc } from "@/lib/trpc";
import { actionText } from "./action-text";
import { ActivityFilters } from "./activity-filters";
import { ActivityRow } from "./activity-row";
import { ExportMenu } from "./export-menu";
import { IntegrityNote } from "./integrity-note";
import { useActivityFilter } from "./use-activity-filter";

const PAGE = 50;
/** While somebody asks to see what is new as it comes. */
const FOLLOW_MS = 3_000;

export function ActivityPage() {
  const { filter, set, isFiltered, clear } = useActivityFilter();
  const [following, setFollowing] = useState(false);
  const pages = trpc.activity.list.useInfiniteQuery(
    { ...filter, limit: PAGE },
    {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      refetchInterval: ({ state }) => following && state.data?.pages.length === 1 && FOLLOW_MS,
    },
  );
  const isLong = (pages.data?.pages.length ?? 0) > 1;
  const isFollowing = following && !isLong;
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <>
      <PageHeader
        title="Activity"
        description="What was done, by whom, and when."
        actions={
          <>
            <Button
              aria-pressed={isFollowing}
              className={isFollowing ? "border-accent bg-accent-soft" : undefined}
              disabledReason={
                isLong ? "What is shown reaches back too far. Reload the page to follow what is new." : undefined
              }
              onClick={() => {
                setFollowing(!following);
              }}
            >
              <Radio aria-hidden />
              Follow
            </Button>
            <ExportMenu filter={filter} isEmpty={items.length === 0} />
          </>
        }
      />
      <IntegrityNote />
      <p role="status" className="sr-only">
        {isFollowing &&
          items[0] !== undefined &&
          `Newest: ${items[0].actorName ?? "Homeport"} ${actionText(items[0].action)}`}
      </p>
      <ActivityFilters filter={filter} set={set} isFiltered={isFiltered} clear={clear} items={items} />
      <StaleNote error={pages.error} updatedAt={pages.dataUpdatedAt} />
      {pages.isPending && (
        <Card flush>
          <SkeletonGroup label="Loading the activity">
            {[0, 1, 2, 3, 4, 5].map((row) => (
              <div key={row} className="flex h-9 items-center gap-6 border-b px-4 last:border-0">
                <Skeleton className="h-4 w-24" />
                <Skeleton className="h-4 w-56" />
              </div>
            ))}
          </SkeletonGroup>
        </Card>
      )}
      {pages.data === undefined && pages.error && (
        <QueryError
          error={pages.error}
          what="The activity"
          onRetry={() => void pages.refetch()}
          retrying={pages.isFetching}
        />
      )}
      {pages.data !== undefined && items.length === 0 && (
        <Card>
          <EmptyState
            icon={<History />}
            title={isFiltered ? "Nothing fits these filters" : "Nothing was done yet"}
            actions={isFiltered && <Button onClick={clear}>Show everything</Button>}
          />
        </Card>
      )}
      {items.length > 0 && (
        <Card flush>
          <Table>
            <TableHead>
              <TableRow>
                <TableHeader>When</TableHeader>
                <TableHeader>Who</TableHeader>
                <TableHeader>What</TableHeader>
                <TableHeader>Details</TableHeader>
                <TableHeader>From</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {items.map((item) => (
                <ActivityRow
                  key={item.id}
                  item={item}
                  onTarget={(targetType) => {
                    set({ targetType });
                  }}
                />
              ))}
            </TableBody>
          </Table>
          <ShowOlder of={pages} />
        </Card>
      )}
    </>
  );
}
