"use client";
// Starts an operation on a container; the answer names its run.
import type { ContainerAction } from "@homeport/domain/container-state";
import { toast } from "@homeport/ui/toast";
import { useRouter } from "next/navigation";
import { trpc } from "@/lib/trpc";
import { newRequestKey } from "../runs/request-key";

const begun: Record<ContainerAction, string> = { start: "Starting", stop: "Stopping", shutdown: "Shutting down", reboot: "Rebooting", destroy: "Deleting" };

export function useOperate({ id, hostname }: { id: string; hostname: string }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const options = (action: ContainerAction) => ({
    onSuccess: ({ runId }: { runId: string }) => {
      toast(`${begun[action]} ${hostname}`, { action: { label: "Follow", onClick: () => { router.push(`/runs/${runId}`); } } });
      void utils.containers.invalidate();
      void utils.runs.list.invalidate();
    },
    onError: (error: { message: string }) => { toast.error(`${hostname}: ${error.message}`); },
  });
  const by = {
    start: trpc.containers.start.useMutation(options("start")),
    stop: trpc.containers.stop.useMutation(options("stop")),
    shutdown: trpc.containers.shutdown.useMutation(options("shutdown")),
    reboot: trpc.containers.reboot.useMutation(options("reboot")),
    destroy: trpc.containers.destroy.useMutation(options("destroy")),
  } satisfies Record<ContainerAction, unknown>;
  const pending = Object.values(by).some(({ isPending }) => isPending);
  return {
    pending,
    /** Resolves when the operation is begun or refused; either was told. */
    operate: (action: ContainerAction): Promise<unknown> => by[action].mutateAsync({ id, requestKey: newRequestKey() }).catch(() => undefined),
  };
}
