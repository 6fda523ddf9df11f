"use client";
// Last look: what the node says to it, and the plan in the order in which it will happen.
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import type { ReactNode } from "react";
import { type DraftField, planLines, RoomLeft } from "@/features/container-form";
import { NewLease } from "@/features/leases";
import { AskApproval } from "./ask-approval";
import { PlanChanges } from "./plan-review/plan-changes";
import { PlanFindings } from "./plan-review/plan-findings";
import { PlanSkeleton } from "./plan-review/plan-skeleton";
import { PlanSteps } from "./plan-review/plan-steps";
import { engineAway, whyNotByPlan } from "./plan-review/use-plan";
import { stepOf, stepTitles, type WizardStep } from "./steps";
import type { Wizard } from "./use-wizard";

export function ReviewStep({ wizard, refusal }: { wizard: Wizard; refusal: ReactNode }) {
  const { problems, goTo, plan, create, submit } = wizard;
  const faults = Object.entries(problems) as [DraftField, string][];
  const changes = create.error?.data?.changes ?? null;
  return (
    <div className="flex flex-col gap-4">
      {changes === null ? (
        refusal
      ) : (
        <PlanChanges
          changes={changes}
          pending={create.isPending || plan.isFetching}
          whyNot={whyNotByPlan(plan)}
          onAnyway={() => {
            void submit();
          }}
        />
      )}
      {faults.length > 0 && (
        <ul
          role="alert"
          aria-label="To be mended first"
          className="flex flex-col gap-1 rounded-md border border-bad p-3 text-table"
        >
          {faults.map(([field, message]) => (
            <li key={field}>
              <FaultLink step={stepOf(field)} onGo={goTo} />: {message}
            </li>
          ))}
        </ul>
      )}
      <Planned wizard={wizard} asked={faults.length === 0} />
      <NewLease template={wizard.offer.definition} />
      <p className="text-meta text-muted">
        If a step fails, the run waits for you: it can be retried from that step, or everything it made is undone.
      </p>
    </div>
  );
}

function Planned({ wizard, asked }: { wizard: Wizard; asked: boolean }) {
  const { draft, offer, plan, room } = wizard;
  const { definition, node } = offer;
  if (!definition || (asked && plan.data === undefined && plan.error === null)) return <PlanSkeleton />;
  const again = (
    <Button
      onClick={() => {
        void plan.refetch();
      }}
      pending={plan.isFetching}
    >
      Check again
    </Button>
  );
  if (plan.data !== undefined) {
    return (
      <>
        <PlanFindings document={plan.data.document} again={again} />
        {plan.data.noRoom !== null && (
          <Banner
            tone="bad"
            title="There is no room for it."
            actions={
              <>
                {again}
                <AskApproval wizard={wizard} />
              </>
            }
          >
            {plan.data.noRoom}
          </Banner>
        )}
        <RoomLeft quotas={plan.data.quotas} wanted={room.wanted} />
        <PlanSteps draft={draft} definition={definition} plan={plan.data} />
      </>
    );
  }
  return (
    <>
      {engineAway(plan) && (
        <Banner
          tone="wait"
          title="The node cannot be asked at the moment: the engine that runs all work is away."
          actions={again}
        >
          You can create the container all the same. It is queued, and made as soon as the engine is back.
        </Banner>
      )}
      {plan.error && !engineAway(plan) && (
        <Banner tone="bad" title="There is no plan." actions={again}>
          {plan.error.message}
        </Banner>
      )}
      <ol aria-label="What will happen" className="overflow-hidden rounded-md border bg-surface">
        {planLines(draft, { definition, nodeName: node?.name ?? "the node" }).map(({ name, title, details }, index) => (
          <li key={name} className="grid grid-cols-[28px_1fr] gap-x-1 border-b px-3 py-2.5 last:border-b-0">
            <span aria-hidden className="text-muted tabular-nums">
              {index + 1}
            </span>
            <div className="min-w-0">
              <p className="font-medium">{title}</p>
              {details.filter(Boolean).map((detail) => (
                <p key={detail} className="text-table break-words text-muted">
                  {detail}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

function FaultLink({ step, onGo }: { step: WizardStep; onGo: (step: WizardStep) => void }) {
  return (
    <button
      type="button"
      onClick={() => {
        onGo(step);
      }}
      className="text-accent underline"
    >
      {stepTitles[step]}
    </button>
  );
}
