"use client";
// Run again: the same inputs and the same revision of the template, in a new container.
import type { RunDetail } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { Dialog } from "@homeport/ui/dialog";
import { Link } from "@/components/link";
import { useGo } from "@/lib/project/project-provider";
import { useState } from "react";
import { isRefused } from "@/lib/requests/answer";
import { trpc } from "@/lib/trpc";
import { createKeys } from "@/lib/requests/keys";
import { wasRead } from "../decision/use-decide";

export function AgainDialog({ run, onClose }: { run: RunDetail; onClose: () => void }) {
  const go = useGo();
  const [keys] = useState(createKeys);
  const again = trpc.runs.again.useMutation({
    onSuccess: ({ runId }) => {
      onClose();
      go(`/runs/${runId}`);
    },
    onError: (error) => {
      if (wasRead(error)) keys.renew("again");
    },
  });
  const { hostname } = run.container;
  const reasons = Object.values(again.error?.data?.fields ?? {});
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Create ${hostname} again?`}
      description={`A new container from the same inputs and from revision ${run.template.revision} of ${run.template.title}.`}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button asChild>
            <Link href={`/new?from=${run.id}`}>With changes</Link>
          </Button>
          <Button
            variant="primary"
            pending={again.isPending}
            onClick={() => {
              again.mutate({ id: run.id, requestKey: keys.of("again") });
            }}
          >
            Create {hostname} again
          </Button>
        </>
      }
    >
      {again.error ? (
        <div role="alert" className="grid gap-1 text-bad">
          {(reasons.length > 0 ? reasons : [again.error.message]).map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
          <p className="text-table text-muted">
            {isRefused(again.error) && "Nothing was created. "}“With changes” opens the wizard with these inputs, to
            choose another name or number.
          </p>
        </div>
      ) : (
        <p>
          What a person edited on the way is taken over for the container’s settings, not for scripts and packages:
          those come from the template.
        </p>
      )}
    </Dialog>
  );
}
