"use client";
// Who did what to what, when; filtered by the address, so that a filtered view can be shared.
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { PageHeader } from "@homeport/ui/page-header";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { toast } from "@homeport/ui/toast";
import { Download, History } from "lucide-react";
import { useState } from "react";
import { QueryError } from "@/components/query-error";
import { ShowOlder } from "@/components/show-older";
import { StaleNote } from "@/components/stale-note";
import { trpc, type ApiError } from "@/lib/trpc";
import { ActivityFilters } from "./activity-filters";
import { ActivityRow } from "./activity-row";
import { toCsv } from "./csv";
import { IntegrityNote } from "./integrity-note";
import { useActivityFilter } from "./use-activity-filter";
import type { ActivityView } from "@homeport/api";

const PAGE = 50;
const EXPORT_PAGE = 100;
/** Beyond this a browser's memory is no place for it. */
const EXPORT_MAX = 20_000;

export function ActivityPage() {
  const { filter, set, isFiltered, clear } = useActivityFilter();
  const pages = trpc.activity.list.useInfiniteQuery(
    { ...filter, limit: PAGE },
    { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
  );
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const utils = trpc.useUtils();
  const [exporting, setExporting] = useState(false);

  const exportAll = async (): Promise<void> => {
    setExporting(true);
    try {
      const all: ActivityView[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: ActivityView[]; nextCursor: string | null } = await utils.activity.list.fetch({
          ...filter,
          limit: EXPORT_PAGE,
          cursor,
        });
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && all.length < EXPORT_MAX);
      download(toCsv(all));
      if (cursor !== null) toast.warning(`Only the newest ${all.length} lines were exported.`);
    } catch (error) {
      toast.error("Nothing was exported.", { description: (error as ApiError).message }); // only the API is asked above
    } finally {
      setExporting(false);
    }
  };

  return (
    <>
      <PageHeader
        title="Activity"
        description="What was done, by whom, and when."
        actions={
          <Button
            pending={exporting}
            disabledReason={items.length === 0 ? "There is nothing to export." : undefined}
            onClick={() => void exportAll()}
          >
            {!exporting && <Download aria-hidden />}Export CSV
          </Button>
        }
      />
      <IntegrityNote />
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

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `homeport-activity-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
