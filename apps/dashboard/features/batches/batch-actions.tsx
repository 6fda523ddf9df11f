"use client";
// What can be done about a whole batch: retry those that failed, cancel those that are not finished.
import type { BatchDetail, Steered } from "@homeport/api";
import { canCancel, retryOf } from "@homeport/domain/batch/batch-state";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { useRoleRefusal } from "@/lib/project/use-role";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { newRequestKey } from "@/lib/requests/new-key";
import { counted } from "./batch-text";

export function BatchActions({ batch: { id, items, node } }: { batch: BatchDetail }) {
  const runs = items.map(({ state, cancelRequested, hostname }) => ({
    state,
    cancelRequestedAt: cancelRequested ? new Date(0) : null,
    hostname,
  }));
  const failed = runs.filter((run) => retryOf(run) !== undefined);
  const rest = runs.filter(canCancel);
  const [asking, setAsking] = useState<string>();
  const refusal = useRoleRefusal("run:write");
  const utils = trpc.useUtils();
  const settle = (): void => {
    void utils.batches.get.invalidate({ id });
  };
  const retry = trpc.batches.retryFailed.useMutation({
    onSuccess: (answer) => {
      showOutcome(answer, { all: `Retrying ${counted(answer.done, "container")}`, left: "Left as they are" });
    },
    onError: (error) => {
      toast.error(outcomeTitle(error, "Nothing was retried."), { description: error.message });
    },
    onSettled: settle,
  });
  const cancel = trpc.batches.cancelRest.useMutation({
    onSuccess: (answer) => {
      setAsking(undefined);
      showOutcome(answer, { all: `Cancelling ${counted(answer.done, "container")}`, left: "Not cancelled" });
    },
    onSettled: settle,
  });
  return (
    <>
      {rest.length > 0 && (
        <Button
          disabledReason={refusal}
          onClick={() => {
            cancel.reset();
            setAsking(newRequestKey());
          }}
        >
          Cancel the rest ({rest.length})
        </Button>
      )}
      {failed.length > 0 && (
        <Button
          variant="primary"
          pending={retry.isPending}
          disabledReason={refusal}
          onClick={() => {
            retry.mutate({ id, requestKey: newRequestKey() });
          }}
        >
          Retry the failed {failed.length === 1 ? "one" : "ones"} ({failed.length})
        </Button>
      )}
      <ConfirmDialog
        open={asking !== undefined}
        onOpenChange={(open) => {
          if (!open) setAsking(undefined);
        }}
        title={`Cancel ${counted(rest.length, "container")} of this batch?`}
        description="Their runs stop, and everything they have made is undone."
        goes={[
          ...rest.slice(0, 6).map(({ hostname }) => `${hostname} on ${node.name}, with what is on its disk`),
          ...(rest.length > 6 ? [`${rest.length - 6} more`] : []),
        ]}
        stays={["The containers of the batch that are ready", "All runs, their steps and their logs"]}
        confirmLabel={`Cancel and undo ${rest.length}`}
        cancelLabel="Let them go on"
        pending={cancel.isPending}
        error={cancel.error?.message}
        onConfirm={() => {
          if (asking !== undefined) cancel.mutate({ id, requestKey: asking });
        }}
      />
    </>
  );
}

function showOutcome({ done, refused }: Steered, words: { all: string; left: string }): void {
  if (done > 0) toast(words.all);
  const [first] = refused;
  if (first)
    toast.error(
      `${words.left}: ${refused
        .map(({ hostname }) => hostname)
        .slice(0, 5)
        .join(", ")}${refused.length > 5 ? `, ${refused.length - 5} more` : ""}`,
      { description: first.reason },
    );
}
