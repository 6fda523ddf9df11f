"use client";
// A batch, read again whenever one of its containers changed.
import { useProject } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";
import { useCalm } from "@/lib/hooks/use-calm";

export function useBatch(id: string) {
  const { id: projectId } = useProject();
  const query = trpc.batches.get.useQuery({ id });
  const utils = trpc.useUtils();
  const refresh = useCalm(() => {
    void utils.batches.get.invalidate({ id });
  });
  trpc.containers.watch.useSubscription(
    { projectId },
    {
      onData: ({ containerIds, seenOnly }) => {
        if (seenOnly) return;
        const known = query.data?.items.map(({ containerId }) => containerId);
        if (containerIds === undefined || known === undefined || containerIds.some((one) => known.includes(one)))
          refresh();
      },
    },
  );
  return query;
}
