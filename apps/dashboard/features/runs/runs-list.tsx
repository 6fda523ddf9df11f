"use client";
// All runs, newest first, with filters by state that live in the URL.
import type { RunView } from "@homeport/api";
import type { RunState } from "@homeport/db/types";
import { isActive } from "@homeport/domain/run/run-state";
import { runStateLabels } from "@homeport/domain/text/state-label";
import { waitingTitle } from "@homeport/domain/text/waiting";
import { Button } from "@homeport/ui/button";
import { cn } from "@homeport/ui/cn";
import { EmptyState } from "@homeport/ui/empty-state";
import { PageHeader } from "@homeport/ui/page-header";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { StateBadge } from "@homeport/ui/state-badge";
import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@/components/link";
import { useSearchParams } from "next/navigation";
import { useState, type ReactNode } from "react";
import { QueryError } from "@/components/query-error";
import { useProject } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";
import { useCalm } from "@/lib/hooks/use-calm";
import { elapsedMs, formatDuration } from "../../lib/format/duration";
import { CompareBar } from "./replay/compare-bar";
import { runTitle } from "@homeport/domain/text/run-title";
import { RUNS_PAGE } from "./runs-page-size";
import { useNow } from "../../lib/hooks/use-now";

const states = Object.keys(runStateLabels) as RunState[];

export function RunsList() {
  const asked = useSearchParams().get("state");
  const state = states.find((one) => one === asked);
  const { id: projectId } = useProject();
  const query = trpc.runs.list.useInfiniteQuery(
    { projectId, limit: RUNS_PAGE, ...(state ? { state } : {}) },
    { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
  );
  const utils = trpc.useUtils();
  const refresh = useCalm(() => {
    void utils.runs.list.invalidate();
  });
  trpc.containers.watch.useSubscription(
    { projectId },
    {
      onData: ({ seenOnly }) => {
        if (!seenOnly) refresh();
      },
    },
  );
  const runs = query.data?.pages.flatMap(({ items }) => items);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const toggle = (id: string): void => {
    setSelected(selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id].slice(-2));
  };
  return (
    <>
      <PageHeader
        title="Runs"
        description="Every operation on a container, with its steps and its log."
        actions={
          <Button asChild>
            <Link href="/batches">Batches</Link>
          </Button>
        }
      />
      <nav aria-label="Filter by state" className="mb-3 flex gap-1 overflow-x-auto pb-1">
        <Filter href="/runs" active={state === undefined}>
          All
        </Filter>
        {states.map((one) => (
          <Filter key={one} href={`/runs?state=${one}`} active={state === one}>
            {runStateLabels[one].label}
          </Filter>
        ))}
      </nav>
      {query.error && !runs ? (
        <QueryError
          error={query.error}
          what="The runs"
          onRetry={() => {
            void query.refetch();
          }}
          retrying={query.isFetching}
        />
      ) : (
        <div className={cn("overflow-hidden rounded-md border bg-surface", query.isPlaceholderData && "opacity-60")}>
          <RunRows
            runs={runs}
            selection={{ selected, toggle }}
            empty={
              state === undefined ? (
                <EmptyState title="No runs yet">
                  Each container that is created, started, stopped or deleted leaves one here.
                </EmptyState>
              ) : (
                <EmptyState
                  title={`No run is in “${runStateLabels[state].label}”`}
                  actions={
                    <Button asChild>
                      <Link href="/runs">Show all runs</Link>
                    </Button>
                  }
                />
              )
            }
          />
        </div>
      )}
      <CompareBar
        runs={(runs ?? []).filter(({ id }) => selected.includes(id))}
        selected={selected}
        onClear={() => {
          setSelected([]);
        }}
      />
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

function Filter({ href, active, children }: { href: string; active: boolean; children: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={active ? "true" : undefined}
      className={cn(
        "inline-flex h-7 shrink-0 items-center rounded-md border px-2 text-table max-md:h-10",
        active ? "border-accent bg-accent-soft text-accent" : "border-transparent text-muted hover:bg-hover",
      )}
    >
      {children}
    </Link>
  );
}

const columns =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-3 md:grid-cols-[170px_minmax(140px,1fr)_100px_minmax(0,1fr)_90px_120px]";

const narrow =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-4 md:grid-cols-[150px_minmax(0,1fr)_80px_110px]";

export type ListedRun = Omit<RunView, "template">;

interface Selection {
  /** At most two. */
  selected: readonly string[];
  toggle: (id: string) => void;
}

/** `runs` undefined: they are being loaded. `compact`: for half a page. `selection`: two can be chosen, to compare them. */
export function RunRows({
  runs,
  empty,
  compact = false,
  selection,
}: {
  runs: readonly ListedRun[] | undefined;
  empty: ReactNode;
  compact?: boolean;
  selection?: Selection;
}) {
  const now = useNow();
  if (!runs)
    return (
      <SkeletonGroup label="Loading runs">
        {Array.from({ length: 8 }, (_, index) => (
          <div key={index} className="border-b p-2.5 last:border-b-0">
            <Skeleton className="h-4" />
          </div>
        ))}
      </SkeletonGroup>
    );
  if (runs.length === 0) return empty;
  return (
    <ul aria-label="Runs" className="text-table">
      {runs.map((run) => {
        const ms = now && elapsedMs(run, now);
        const title =
          run.error ??
          waitingTitle(run) ??
          (run.step && isActive(run.state) ? `${run.step.title} (${run.step.position} of ${run.step.total})` : "");
        return (
          <li
            key={run.id}
            className={cn(
              "relative flex border-b last:border-b-0 hover:bg-hover",
              selection?.selected.includes(run.id) && "bg-accent-soft/60",
            )}
          >
            {selection && (
              <label className="relative z-10 flex w-10 shrink-0 cursor-pointer items-center justify-center">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={selection.selected.includes(run.id)}
                  onChange={() => {
                    selection.toggle(run.id);
                  }}
                  aria-label={`Choose “${runTitle(run)}” to compare`}
                />
              </label>
            )}
            <div
              className={cn(compact ? narrow : columns, "min-h-9 min-w-0 flex-1 py-1.5 md:py-0", selection && "pl-0")}
            >
              <span className="flex items-center max-md:order-2">
                <StateBadge plain state={runStateLabels[run.state]} />
              </span>
              <Link
                href={`/runs/${run.id}`}
                className="truncate font-medium before:absolute before:inset-0 hover:underline"
              >
                {runTitle(run)}
              </Link>
              {!compact && <span className="truncate text-muted max-md:hidden">{run.node.name}</span>}
              {!compact && (
                <span
                  className="truncate text-muted empty:hidden max-md:order-3 max-md:col-span-2 md:empty:block"
                  title={title}
                >
                  {title}
                </span>
              )}
              <span className="text-right text-muted tabular-nums max-md:hidden">
                {ms === undefined ? "" : formatDuration(ms)}
              </span>
              <span className="text-right text-muted max-md:hidden">
                <RelativeTime at={run.createdAt} />
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
