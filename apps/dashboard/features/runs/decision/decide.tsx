"use client";
// The four answers to a failure: retry, edit and retry, skip, undo everything.
import type { DecisionView, RunDetail, StepView } from "@homeport/api";
import { whyNotDecide, type Decision } from "@homeport/domain/run/run-state";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { Pencil, RotateCw, SkipForward, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { undoConsequences } from "../decision-text";
import type { EditDraft } from "./edit-panel";
import { UndoPlan } from "./undo-plan";
import { useRoleRefusal } from "@/lib/project/use-role";
import { useDecide } from "./use-decide";

const loadPanel = () => import("./edit-panel").then(({ EditPanel }) => EditPanel);
const EditPanel = dynamic(loadPanel, { ssr: false });

interface Props {
  run: RunDetail;
  step: StepView;
  decided: DecisionView | undefined;
}

const busyLabels: Record<Decision, string> = {
  retry: "It is being retried.",
  skip: "It is being skipped.",
  undo: "It is being undone.",
};

export function Decide({ run, step, decided }: Props) {
  const [asking, setAsking] = useState<"undo" | "skip">();
  const [editing, setEditing] = useState(false);
  /** Stays there once it was, so that it can close as it opened. */
  const [opened, setOpened] = useState(false);
  useFetchedAhead(loadPanel);
  const [draft, setDraft] = useState<EditDraft>({});
  const { send, reset, error, pending, edits } = useDecide(run, { step: step.name, attempt: step.attempt });
  const { hostname } = run.container;
  const taken =
    decided &&
    `${decided.by ?? "Somebody"} decided already${decided.delivered ? "." : "; the engine has it as soon as it is back."}`;
  const refusal = useRoleRefusal("run:write");
  const whyNot = (decision: Decision): string | undefined =>
    refusal ??
    taken ??
    (pending !== undefined && pending !== decision
      ? busyLabels[pending]
      : whyNotDecide(decision, { ...run, failedStep: step }));
  const ask = (what: "undo" | "skip"): void => {
    reset();
    setAsking(what);
  };
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          pending={pending === "retry" && !edits}
          disabledReason={edits ? busyLabels.retry : whyNot("retry")}
          onClick={() => {
            send("retry");
          }}
        >
          <RotateCw aria-hidden />
          Retry
        </Button>
        {step.editable !== null && (
          <Button
            disabledReason={whyNot("retry")}
            onClick={() => {
              reset();
              setOpened(true);
              setEditing(true);
            }}
          >
            <Pencil aria-hidden />
            Edit and retry
          </Button>
        )}
        {step.optional && (
          <Button
            disabledReason={whyNot("skip")}
            onClick={() => {
              ask("skip");
            }}
          >
            <SkipForward aria-hidden />
            Skip this step
          </Button>
        )}
        {runKinds[run.kind].undoable && (
          <Button
            variant="danger-ghost"
            disabledReason={whyNot("undo")}
            onClick={() => {
              ask("undo");
            }}
          >
            <Undo2 aria-hidden />
            Undo everything
          </Button>
        )}
      </div>
      <p className="mt-2 text-meta text-muted">
        {taken ?? `Nothing else happens until you decide; it may take days. ${hints(step)}`}
      </p>
      {error && asking === undefined && !editing && (
        <p role="alert" className="mt-1 text-table text-bad">
          {error.message}
        </p>
      )}
      <ConfirmDialog
        open={asking === "undo"}
        onOpenChange={(open) => {
          setAsking(open ? "undo" : undefined);
        }}
        title={`Undo the creation of ${hostname}?`}
        confirmLabel={`Undo ${hostname}`}
        pending={pending === "undo"}
        error={error?.message}
        onConfirm={() => {
          send("undo", {
            onTaken: () => {
              setAsking(undefined);
            },
          });
        }}
      >
        <UndoPlan sentences={run.undoPlan} stays={undoConsequences(run).stays} />
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "skip"}
        onOpenChange={(open) => {
          setAsking(open ? "skip" : undefined);
        }}
        title={`Skip “${step.title}”?`}
        description="Its template marks it as optional: the container is finished without it. What it has done so far stays as it is."
        danger={false}
        confirmLabel="Skip this step"
        pending={pending === "skip"}
        error={error?.message}
        onConfirm={() => {
          send("skip", {
            onTaken: () => {
              setAsking(undefined);
            },
          });
        }}
      />
      {step.editable !== null && opened && (
        <EditPanel
          {...{ run, step, draft, error }}
          onDraft={setDraft}
          open={editing}
          onOpenChange={setEditing}
          pending={pending === "retry"}
          disabledReason={whyNot("retry")}
          onSend={(edit) => {
            send("retry", {
              edit,
              onTaken: () => {
                setEditing(false);
              },
            });
          }}
        />
      )}
    </div>
  );
}

/** Why some answers are not offered, and what a retry would do. */
function hints({ optional, editable, repeatable }: StepView): string {
  return [
    !optional && "It cannot be skipped: its template does not mark it as optional.",
    editable === null && "There is nothing to edit about it.",
    !repeatable && "Its template warns that running it twice may do harm: read its log before a retry.",
  ]
    .filter(Boolean)
    .join(" ");
}
