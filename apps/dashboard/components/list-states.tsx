"use client";
// In the place of a list's rows while they are read, or when they could not be.
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import type { ApiError } from "@/lib/trpc";
import { QueryError } from "./query-error";

interface Reading {
  data: unknown;
  error: ApiError | null;
  isPending: boolean;
  isFetching: boolean;
  refetch: () => Promise<unknown>;
}

/** `what` begins a sentence: "The sessions". `loading` is for those who hear the page. */
export function ListStates({
  of: { data, error, isPending, isFetching, refetch },
  what,
  loading,
  rows = 2,
}: {
  of: Reading;
  what: string;
  loading: string;
  rows?: number;
}) {
  if (isPending)
    return (
      <SkeletonGroup label={loading} className="grid gap-2 p-4">
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} className="h-9" />
        ))}
      </SkeletonGroup>
    );
  if (data !== undefined || error === null) return null;
  return <QueryError error={error} what={what} onRetry={() => void refetch()} retrying={isFetching} />;
}
