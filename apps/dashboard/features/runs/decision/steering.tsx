"use client";
// Pause, resume and cancel: what a person can do to a run at any time while it is under way.
import type { RunDetail } from "@homeport/api";
import { isActive, whyNotCancel, whyNotSteer } from "@homeport/domain/run/run-state";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { toast } from "@homeport/ui/toast";
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { useRoleRefusal } from "@/lib/project/use-role";
import { trpc } from "@/lib/trpc";
import { undoConsequences } from "../decision-text";
import { runTitle } from "@homeport/domain/text/run-title";
import { createKeys } from "@/lib/requests/keys";
import { UndoPlan } from "./undo-plan";
import { TAKEN_LATER, wasRead } from "./use-decide";

export function Steering({ run }: { run: RunDetail }) {
  if (!isActive(run.state)) return null;
  return (
    <>
      <PauseButton run={run} />
      <CancelButton run={run} />
    </>
  );
}

function PauseButton({ run }: { run: RunDetail }) {
  const [keys] = useState(createKeys);
  const utils = trpc.useUtils();
  const options = {
    onSuccess: ({ delivered }: { delivered: boolean }) => {
      if (!delivered) toast(TAKEN_LATER);
    },
    onSettled: () => {
      void utils.runs.get.invalidate({ id: run.id });
    },
  };
  const pause = trpc.runs.pause.useMutation(options);
  const resume = trpc.runs.resume.useMutation(options);
  const resumes = run.state === "paused" || run.pauseRequestedAt !== null;
  // A run is paused many times: each time it is asked about is an intention of its own.
  const intention = `${resumes ? "resume" : "pause"}/${run.pauseRequestedAt?.getTime() ?? run.decisions.length}`;
  const send = (): void => {
    (resumes ? resume : pause).mutate(
      { id: run.id, requestKey: keys.of(intention) },
      {
        onError: (error) => {
          if (wasRead(error)) keys.renew(intention);
          toast.error(error.message);
        },
      },
    );
  };
  const refusal = useRoleRefusal("run:write");
  const whyNot = refusal ?? whyNotSteer(resumes ? "resume" : "pause", run);
  return (
    <Button
      variant={run.state === "paused" ? "primary" : "secondary"}
      pending={pause.isPending || resume.isPending}
      disabledReason={whyNot}
      onClick={send}
    >
      {resumes ? <Play aria-hidden /> : <Pause aria-hidden />}
      {resumes ? "Resume run" : "Pause run"}
    </Button>
  );
}

function CancelButton({ run }: { run: RunDetail }) {
  const [open, setOpen] = useState(false);
  const [keys] = useState(createKeys);
  const utils = trpc.useUtils();
  const cancel = trpc.runs.cancel.useMutation({
    onSuccess: ({ delivered }) => {
      setOpen(false);
      if (!delivered) toast(TAKEN_LATER);
    },
    onError: (error) => {
      if (wasRead(error)) keys.renew("cancel");
    },
    onSettled: () => {
      void utils.runs.get.invalidate({ id: run.id });
    },
  });
  const { hostname } = run.container;
  const { undoable } = runKinds[run.kind];
  const refusal = useRoleRefusal("run:write");
  return (
    <>
      <Button
        variant="danger-ghost"
        disabledReason={refusal ?? whyNotCancel(run)}
        onClick={() => {
          cancel.reset();
          setOpen(true);
        }}
      >
        Cancel run
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Cancel “${runTitle(run)}”?`}
        description={
          undoable
            ? "The run stops, and everything it has made is undone."
            : "The run stops after what it is doing now."
        }
        confirmLabel={undoable ? `Cancel and undo ${hostname}` : "Cancel this run"}
        cancelLabel="Keep running"
        pending={cancel.isPending}
        error={cancel.error?.message}
        onConfirm={() => {
          cancel.mutate({ id: run.id, requestKey: keys.of("cancel") });
        }}
      >
        <UndoPlan sentences={run.undoPlan} stays={undoable ? undoConsequences(run).stays : []} />
      </ConfirmDialog>
    </>
  );
}
