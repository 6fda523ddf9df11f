// Extends a lease, with one click.
import { toast } from "@homeport/ui/toast";
import { momentText } from "./moment";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";

export function useExtend(id: string) {
  const utils = trpc.useUtils();
  const extend = trpc.leases.extend.useMutation({
    onSuccess: ({ endsAt }) => {
      toast.success(`It is lent until ${momentText(endsAt)}.`);
    },
    onError: (error) => {
      toast.error(outcomeTitle(error, "The lease is as it was."), { description: error.message });
    },
    onSettled: () => void utils.containers.get.invalidate({ id }),
  });
  return {
    isPending: extend.isPending,
    extend: (): void => {
      extend.mutate({ id });
    },
  };
}
