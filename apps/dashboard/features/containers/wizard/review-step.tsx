"use client";
// Last look: the plan in the order in which it will happen, with everything that was decided.
import type { ReactNode } from "react";
import { planLines } from "./plan";
import { stepOf, stepTitles, type WizardStep } from "./steps";
import type { DraftField } from "./draft";
import type { Wizard } from "./use-wizard";

export function ReviewStep({ wizard: { draft, offer, problems, goTo }, refusal }: { wizard: Wizard; refusal: ReactNode }) {
  const { definition, node } = offer;
  const faults = Object.entries(problems) as [DraftField, string][];
  return (
    <div className="flex flex-col gap-4">
      {refusal}
      {faults.length > 0 && (
        <ul role="alert" aria-label="To be mended first" className="flex flex-col gap-1 rounded-md border border-bad p-3 text-table">
          {faults.map(([field, message]) => (
            <li key={field}>
              <FaultLink step={stepOf(field)} onGo={goTo} />: {message}
            </li>
          ))}
        </ul>
      )}
      {!definition ? (
        <div aria-hidden className="h-96 animate-pulse rounded-md bg-hover" />
      ) : (
        <ol aria-label="What will happen" className="overflow-hidden rounded-md border bg-surface">
          {planLines(draft, { definition, nodeName: node?.name ?? "the node" }).map(({ name, title, details }, index) => (
            <li key={name} className="grid grid-cols-[28px_1fr] gap-x-1 border-b px-3 py-2.5 last:border-b-0">
              <span aria-hidden className="text-muted tabular-nums">{index + 1}</span>
              <div className="min-w-0">
                <p className="font-medium">{title}</p>
                {details.filter(Boolean).map((detail) => <p key={detail} className="text-table break-words text-muted">{detail}</p>)}
              </div>
            </li>
          ))}
        </ol>
      )}
      <p className="text-meta text-muted">If a step fails, the run waits for you: it can be retried from that step, or everything it made is undone.</p>
    </div>
  );
}

function FaultLink({ step, onGo }: { step: WizardStep; onGo: (step: WizardStep) => void }) {
  return <button type="button" onClick={() => { onGo(step); }} className="text-accent underline">{stepTitles[step]}</button>;
}
