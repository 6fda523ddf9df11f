"use client";
// The person's containers, as they change.
import type { ContainerView } from "@homeport/api";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import { useEffect, useMemo } from "react";
import { useCalm } from "@/lib/hooks/use-calm";
import { useProject } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";
import { createLiveList, digestOfList } from "./live-list";

export function useContainers() {
  const { id: projectId } = useProject();
  const query = trpc.containers.list.useQuery(
    { projectId },
    { placeholderData: keepPreviousData, staleTime: Infinity, refetchOnWindowFocus: false },
  );
  const queryClient = useQueryClient();
  const { live, lastEventId } = useMemo(() => {
    const key = getQueryKey(trpc.containers.list, { projectId }, "query");
    const known = queryClient.getQueryData<ContainerView[]>(key);
    return { live: createLiveList(queryClient, key), lastEventId: digestOfList(known) };
  }, [queryClient, projectId]);
  useEffect(() => live.start(), [live]);
  trpc.containers.changes.useSubscription(
    { projectId, ...(lastEventId === undefined ? {} : { lastEventId }) },
    {
      onData: ({ data }) => {
        live.take(data);
      },
    },
  );
  return query;
}

/** One container, with its runs and events; ticks of others are not its business. */
export function useContainer(id: string) {
  const { id: projectId } = useProject();
  const query = trpc.containers.get.useQuery({ id });
  const utils = trpc.useUtils();
  const refresh = useCalm(() => {
    void utils.containers.get.invalidate({ id });
  });
  trpc.containers.watch.useSubscription(
    { projectId },
    {
      onData: ({ containerIds }) => {
        if (containerIds === undefined || containerIds.includes(id)) refresh();
      },
    },
  );
  return query;
}
