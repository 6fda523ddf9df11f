"use client";
// What can be done about an open request: approved or refused by who could raise the quota, withdrawn by who asked.
import type { ApprovalView } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { toast } from "@homeport/ui/toast";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";
import { quotaOwners } from "./approval-text";

export function ApprovalActions({
  approval: { id, spec, state, mine, mayApprove, mayRefuse },
  onRefuse,
}: {
  approval: ApprovalView;
  onRefuse: () => void;
}) {
  const { hostname } = spec;
  const utils = trpc.useUtils();
  const settle = {
    onSettled: () => {
      void utils.approvals.invalidate();
      void utils.quotas.invalidate();
    },
    onError: (error: ApiError) => {
      toast.error(outcomeTitle(error, "The request is as it was."), { description: error.message });
    },
  };
  const approve = trpc.approvals.approve.useMutation({
    ...settle,
    onSuccess: ({ waitsFor }) => {
      void utils.containers.invalidate();
      if (waitsFor.length === 0) toast.success(`${hostname} is approved: it is being created.`);
      else
        toast.success(`${hostname} is approved by you.`, {
          description: `It waits for ${waitsFor.map((of) => quotaOwners[of]).join(", and for ")} as well.`,
        });
    },
  });
  const withdraw = trpc.approvals.withdraw.useMutation({
    ...settle,
    onSuccess: () => {
      toast.success(`The request for ${hostname} is withdrawn.`);
    },
  });
  return (
    <div className="flex flex-wrap gap-2">
      {mayApprove && (
        <Button
          size="sm"
          variant="primary"
          pending={approve.isPending}
          aria-label={`Approve ${hostname}`}
          onClick={() => {
            approve.mutate({ id });
          }}
        >
          Approve
        </Button>
      )}
      {mayRefuse && (
        <Button size="sm" aria-label={`Refuse ${hostname}`} onClick={onRefuse}>
          Refuse
        </Button>
      )}
      {mine && state === "open" && (
        <Button
          size="sm"
          pending={withdraw.isPending}
          aria-label={`Withdraw ${hostname}`}
          onClick={() => {
            withdraw.mutate({ id });
          }}
        >
          Withdraw
        </Button>
      )}
    </div>
  );
}
