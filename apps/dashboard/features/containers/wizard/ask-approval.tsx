"use client";
// Asks for a container that is beyond a quota: the button beside what is in the way, and why it is needed.
import { Button } from "@homeport/ui/button";
import { toast } from "@homeport/ui/toast";
import { useState } from "react";
import { TextDialog } from "@/components/text-dialog";
import { toInput } from "@/features/container-form";
import { useGo, useProject } from "@/lib/project/project-provider";
import { createKeys } from "@/lib/requests/keys";
import { trpc } from "@/lib/trpc";
import type { Wizard } from "./use-wizard";

export function AskApproval({ wizard: { draft, form, plan, done } }: { wizard: Wizard }) {
  const [open, setOpen] = useState(false);
  const [keys] = useState(createKeys);
  const { id: projectId } = useProject();
  const go = useGo();
  const utils = trpc.useUtils();
  const ask = trpc.approvals.ask.useMutation({
    onSettled: () => void utils.approvals.invalidate(),
    onError: () => {
      // There may be room by now.
      void utils.quotas.invalidate();
      void plan.refetch();
    },
    onSuccess: () => {
      done();
      toast.success(`You have asked for ${draft.hostname}.`, {
        description: "It is created as soon as it is approved.",
      });
      go("/approvals");
    },
  });
  return (
    <>
      <Button
        variant="primary"
        onClick={() => {
          ask.reset();
          setOpen(true);
        }}
      >
        Ask for approval
      </Button>
      {open && (
        <TextDialog
          title={`Ask for ${draft.hostname}`}
          description="Whoever could raise the quota can approve it within seven days. Approved, it is created at once, as it stands in this review."
          label="What is it for?"
          hint="At most 500 characters, which whoever approves it reads."
          action="Send the request"
          pending={ask.isPending}
          error={ask.error}
          field="reason"
          unchanged="Nothing was sent."
          onSend={(reason) => {
            const input = { projectId, ...toInput(form.getValues()), reason };
            ask.mutate({ ...input, requestKey: keys.of(input) });
          }}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
