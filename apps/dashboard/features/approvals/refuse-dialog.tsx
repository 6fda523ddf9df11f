"use client";
// Refuses a request, with what its person is told.
import { toast } from "@homeport/ui/toast";
import { TextDialog } from "@/components/text-dialog";
import { trpc } from "@/lib/trpc";

export function RefuseDialog({ id, hostname, onClose }: { id: string; hostname: string; onClose: () => void }) {
  const utils = trpc.useUtils();
  const refuse = trpc.approvals.refuse.useMutation({
    onSettled: () => void utils.approvals.invalidate(),
    onSuccess: () => {
      onClose();
      toast.success(`The request for ${hostname} is refused.`);
    },
  });
  return (
    <TextDialog
      title={`Refuse ${hostname}?`}
      description="Nothing is created. Who asked is told, and can ask again."
      label="Why"
      optional
      action={`Refuse ${hostname}`}
      pending={refuse.isPending}
      error={refuse.error}
      field="answer"
      unchanged="The request is as it was."
      onSend={(answer) => {
        refuse.mutate({ id, answer });
      }}
      onClose={onClose}
    />
  );
}
