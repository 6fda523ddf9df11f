"use client";
// Settling an orphan from the click to what it began: asked about where it hurts, sent once for each intention.
import type { OrphanView } from "@homeport/api";
import type { OrphanAction } from "@homeport/domain/orphan/orphan";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useProject } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";
import { newRequestKey } from "@/lib/requests/new-key";
import { actionTitle, questionOf } from "./orphan-text";

interface Asked {
  action: OrphanAction;
  requestKey: string;
}

export function useSettle(orphan: OrphanView) {
  const router = useRouter();
  const { id: projectId } = useProject();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState<Asked>();
  const [error, setError] = useState<string>();
  const settle = trpc.orphans.settle.useMutation({
    onSettled: () => {
      void utils.orphans.invalidate();
      void utils.containers.invalidate();
    },
  });
  const nameOf = (action: OrphanAction): string | undefined =>
    orphan.actions.find((one) => one.action === action)?.name;

  const begin = ({ action, requestKey }: Asked): void => {
    setError(undefined);
    const name = nameOf(action);
    settle.mutate(
      { id: orphan.id, projectId, action, requestKey, ...(name === undefined ? {} : { name }) },
      {
        onSuccess: ({ runId }) => {
          setAsking(undefined);
          toast(
            `${actionTitle(action, orphan.kind)}: done`,
            runId === null
              ? {}
              : {
                  action: {
                    label: "Follow",
                    onClick: () => {
                      router.push(`/runs/${runId}`);
                    },
                  },
                },
          );
        },
        onError: (failure) => {
          if (asking) setError(failure.message);
          else toast.error(failure.message);
        },
      },
    );
  };
  return {
    asking: asking?.action,
    name: asking && nameOf(asking.action),
    error,
    pending: settle.isPending ? settle.variables.action : undefined,
    ask: (action: OrphanAction): void => {
      const asked = { action, requestKey: newRequestKey() };
      if (questionOf(action, orphan)) setAsking(asked);
      else begin(asked);
    },
    confirm: (): void => {
      if (asking) begin(asking);
    },
    dismiss: (): void => {
      setAsking(undefined);
      setError(undefined);
    },
  };
}
