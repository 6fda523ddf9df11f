"use client";
// An action on a container from the click to its run: asked about where it hurts, begun once, and told.
import { type ContainerAction, runKinds } from "@homeport/domain/run/run-kinds";
import { toast } from "@homeport/ui/toast";
import { useGo } from "@/lib/project/project-provider";
import { useState } from "react";
import { trpc } from "@/lib/trpc";
import { newRequestKey } from "@/lib/requests/new-key";
import { confirmationOf, type ActionTarget } from "./action-text";

/** One intention: its key stays while it is asked about and tried again. */
interface Asked {
  action: ContainerAction;
  requestKey: string;
}

export function useAction(container: ActionTarget) {
  const { id, hostname } = container;
  const go = useGo();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState<Asked>();
  const [pending, setPending] = useState<ContainerAction>();
  const [error, setError] = useState<string>();
  const options = {
    onSuccess: () => {
      void utils.containers.invalidate();
      void utils.runs.list.invalidate();
    },
  };
  const by = {
    start: trpc.containers.start.useMutation(options),
    stop: trpc.containers.stop.useMutation(options),
    shutdown: trpc.containers.shutdown.useMutation(options),
    reboot: trpc.containers.reboot.useMutation(options),
    destroy: trpc.containers.destroy.useMutation(options),
  } satisfies Record<ContainerAction, unknown>;

  const begin = ({ action, requestKey }: Asked, confirmed: boolean): void => {
    setPending(action);
    setError(undefined);
    by[action].mutateAsync({ id, requestKey }).then(
      ({ runId }) => {
        setPending(undefined);
        setAsking(undefined);
        toast(`${runKinds[action].text.begun} ${hostname}`, {
          action: {
            label: "Follow",
            onClick: () => {
              go(`/runs/${runId}`);
            },
          },
        });
      },
      (failure: unknown) => {
        setPending(undefined);
        const message = failure instanceof Error ? failure.message : "It could not be begun.";
        if (confirmed) setError(message);
        else toast.error(`${hostname}: ${message}`);
      },
    );
  };
  return {
    asking: asking?.action,
    pending,
    error,
    /** Begins it, or asks first where it hurts. */
    ask: (action: ContainerAction): void => {
      const asked = { action, requestKey: newRequestKey() };
      setError(undefined);
      if (confirmationOf(action, container)) setAsking(asked);
      else begin(asked, false);
    },
    confirm: (): void => {
      if (asking) begin(asking, true);
    },
    dismiss: (): void => {
      setAsking(undefined);
    },
  };
}
export type Action = ReturnType<typeof useAction>;
