// Extends a lease, with one click.
import { toast } from "@homeport/ui/toast";
import { momentText } from "./moment";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";

/** What comes of every click that changes a lease. */
export function useLeaseOutcome(id: string) {
  const utils = trpc.useUtils();
  return {
    onError: (error: ApiError): void => {
      toast.error(outcomeTitle(error, "The lease is as it was."), { description: error.message });
    },
    onSettled: () => void utils.containers.get.invalidate({ id }),
  };
}

export function useExtend(id: string) {
  const extend = trpc.leases.extend.useMutation({
    ...useLeaseOutcome(id),
    onSuccess: ({ endsAt }) => {
      toast.success(`It is lent until ${momentText(endsAt)}.`);
    },
  });
  return {
    isPending: extend.isPending,
    extend: (): void => {
      extend.mutate({ id });
    },
  };
}
