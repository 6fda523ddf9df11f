"use client";
// What does not agree, read again whenever something about a node changed: each look at one says so.
import type { OrphanState } from "@homeport/db/types";
import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "@/lib/trpc";
import { useCalm } from "@/lib/hooks/use-calm";

const COUNT_EVERY_MS = 30_000;

export function useOrphans(state: OrphanState) {
  const query = trpc.orphans.list.useQuery({ state }, { placeholderData: keepPreviousData });
  const utils = trpc.useUtils();
  const refresh = useCalm(() => {
    void utils.orphans.invalidate();
  });
  trpc.nodes.watch.useSubscription(undefined, { onData: refresh });
  return query;
}

/** How many are open; 0 while nobody knows. */
export function useOrphanCount(): number {
  return trpc.orphans.openCount.useQuery(undefined, { refetchInterval: COUNT_EVERY_MS }).data ?? 0;
}
