"use client";
// A failed step: why, in plain words; its last lines; what was tried; and what can be decided.
import type { RunDetail, StepView } from "@homeport/api";
import { whyNotDecide, type Decision } from "@homeport/domain/run-state";
import { Button } from "@homeport/ui/button";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { trpc } from "@/lib/trpc";
import { undoConsequences } from "./decision-words";
import { plainText } from "./log/ansi";
import type { StepLog } from "./log/step-log";
import { newRequestKey } from "./request-key";

const LAST_LINES = 6;

interface Props {
  run: RunDetail;
  step: StepView;
  log: StepLog | undefined;
  onShow: () => void;
}

export function FailureCard({ run, step, log, onShow }: Props) {
  const decides = run.state === "awaiting_decision";
  const last = (log?.lines ?? []).filter(({ kind, stream, text }) => kind === "text" && stream !== "homeport" && text.trim() !== "").slice(-LAST_LINES);
  const tried = `${step.attempt === 1 ? "One attempt" : `${step.attempt} attempts`}, the last with ${step.tries === 1 ? "one try" : `${step.tries} tries`}.`;
  return (
    <section role="alert" aria-label={`“${step.title}” failed`} className="mb-4 rounded-md border border-bad/50 bg-surface">
      <div className="flex gap-3 p-4">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">“{step.title}” failed</h2>
          <p className="mt-1 break-words">{step.error ?? run.error ?? "The step ended without saying why; its log may."}</p>
          <p className="mt-1 text-table text-muted">{tried} {decides ? "Nothing else happens until you decide." : ""} <button type="button" className="text-accent underline underline-offset-2" onClick={onShow}>Show its log</button></p>
          {last.length > 0 && <pre aria-label="Last lines" className="mt-3 overflow-x-auto rounded-sm bg-sunken p-2 text-meta">{last.map(({ text }) => plainText(text)).join("\n")}</pre>}
          {decides && <Decide run={run} step={step} />}
        </div>
      </div>
    </section>
  );
}

function Decide({ run, step }: { run: RunDetail; step: StepView }) {
  const [undoing, setUndoing] = useState(false);
  // One key for each state of the run: a second click on the same question is the same decision.
  const [keys] = useState(() => new Map<string, string>());
  const utils = trpc.useUtils();
  const decide = trpc.runs.decide.useMutation({
    onSuccess: () => {
      setUndoing(false);
      void utils.runs.get.invalidate({ id: run.id });
    },
  });
  const send = (decision: Decision): void => {
    const question = `${decision} ${step.id} ${step.attempt} ${run.version}`;
    const requestKey = keys.get(question) ?? newRequestKey();
    keys.set(question, requestKey);
    decide.mutate({ id: run.id, decision, requestKey });
  };
  const { hostname } = run.container;
  const provision = run.kind === "provision";
  const busy = decide.isPending ? decide.variables.decision : undefined;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2">
      <Button variant="primary" pending={busy === "retry"} disabledReason={busy === "undo" ? "It is being undone." : whyNotDecide("retry", run)} onClick={() => { send("retry"); }}>Retry from “{step.title}”</Button>
      {provision && <Button variant="danger-ghost" disabledReason={busy === "retry" ? "It is being retried." : whyNotDecide("undo", run)} onClick={() => { decide.reset(); setUndoing(true); }}>Undo everything</Button>}
      {decide.error && !undoing && <p role="alert" className="w-full text-table text-bad">{decide.error.message}</p>}
      <ConfirmDialog
        open={undoing}
        onOpenChange={setUndoing}
        title={`Undo the creation of ${hostname}?`}
        {...undoConsequences(run)}
        confirmLabel={`Undo ${hostname}`}
        pending={busy === "undo"}
        error={decide.error?.message}
        onConfirm={() => { send("undo"); }}
      />
    </div>
  );
}
