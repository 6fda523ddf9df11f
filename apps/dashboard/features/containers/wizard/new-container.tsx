"use client";
// The wizard: steps on the left, the question in the middle, the plan on the right.
import { useAlive } from "@homeport/ui/alive";
import { Button } from "@homeport/ui/button";
import { cn } from "@homeport/ui/cn";
import { Form } from "@homeport/ui/form";
import { Check } from "lucide-react";
import { Link } from "@/components/link";
import { ExistsLink } from "@/components/exists-link";
import { useProject } from "@/lib/project/project-provider";
import { outcomeTitle } from "@/lib/requests/answer";
import { trpc, type ApiError } from "@/lib/trpc";
import { AskApproval } from "./ask-approval";
import { IdentityStep } from "./identity-step";
import { NodeStep, RoomLeft, SoftwareStep, whyNotCreateOn, WizardSkeleton } from "@/features/container-form";
import { PlanPanel } from "./plan-panel";
import { whyNotByPlan } from "./plan-review/use-plan";
import { ReviewStep } from "./review-step";
import { neighbour, stepTitles, WizardSteps, firstStepWith, stepOf, type WizardStep } from "./steps";
import { TemplateStep } from "./template-step";
import { useWizard, type Wizard } from "./use-wizard";

/** What it begins with is in the tab's storage, which the server does not have. */
export function NewContainer() {
  return useAlive() ? <Steps /> : <WizardSkeleton />;
}

const questions: Record<WizardStep, string> = {
  template: "What should it be?",
  node: "Where should it run?",
  identity: "What is it called, and how large is it?",
  software: "What should be installed and run?",
  review: "This is what will happen",
};

function Steps() {
  const wizard = useWizard();
  const { step, goTo, leave, submit } = wizard;
  const send = (): void => {
    const next = neighbour(step, 1);
    if (next) void leave(next);
    else void submit();
  };
  return (
    <div className="grid gap-6 lg:grid-cols-[190px_minmax(0,1fr)] xl:grid-cols-[190px_minmax(0,680px)_minmax(240px,300px)]">
      <StepNav wizard={wizard} />
      <Form
        aria-labelledby="wizard-question"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        className="min-w-0"
      >
        <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h1 id="wizard-question" className="text-page font-semibold">
            {questions[step]}
          </h1>
          {(step === "template" || step === "identity") && (
            <Link
              href={`/batches/new${wizard.draft.templateName === "" ? "" : `?template=${encodeURIComponent(wizard.draft.templateName)}`}`}
              className="text-table text-accent underline underline-offset-2"
            >
              Several at once
            </Link>
          )}
        </div>
        <StepBody wizard={wizard} />
        {step !== "template" && <Footer wizard={wizard} />}
        {step === "template" && wizard.draft.templateRevisionId !== "" && (
          <div className="mt-6 flex justify-end">
            <Button
              variant="primary"
              onClick={() => {
                goTo("node");
              }}
            >
              Go on with {wizard.offer.template?.title ?? "this template"}
            </Button>
          </div>
        )}
      </Form>
      <div className="hidden xl:block">
        <div className="sticky top-4">
          <PlanPanel wizard={wizard} />
        </div>
      </div>
    </div>
  );
}

function StepBody({ wizard }: { wizard: Wizard }) {
  const { step, form, draft, problems, offer, room, taken, choose, goTo, create } = wizard;
  const { id: projectId } = useProject();
  const next = trpc.nodes.nextVmid.useQuery({ nodeId: draft.nodeId, projectId }, { enabled: draft.nodeId !== "" });
  switch (step) {
    case "template":
      return (
        <TemplateStep
          templates={offer.templates}
          nodeWithoutSsh={offer.node && !offer.node.hasSsh ? offer.node : undefined}
          chosen={draft.templateName}
          problem={problems.templateRevisionId}
          onChoose={(name) => {
            choose(name);
            goTo("node");
          }}
        />
      );
    case "node":
      return (
        <NodeStep
          nodes={offer.nodes}
          needsSsh={offer.template?.needsSsh === true}
          chosen={draft.nodeId}
          onChoose={(id) => {
            form.setValue("nodeId", id, { shouldDirty: true });
          }}
        />
      );
    case "identity":
      return (
        <IdentityStep
          of={{ form, draft, problems }}
          inventory={offer.inventory}
          os={offer.template?.os}
          vmid={taken.vmid}
          next={next.data?.vmid}
          left={<RoomLeft quotas={offer.room?.quotas} wanted={room.wanted} />}
        />
      );
    case "software":
      return <SoftwareStep form={form} draft={draft} definition={offer.definition} />;
    case "review":
      return <ReviewStep wizard={wizard} refusal={create.error && <Refusal error={create.error} wizard={wizard} />} />;
  }
}

function Footer({ wizard: { step, leave, goTo, draft, offer, create, problems, plan } }: { wizard: Wizard }) {
  const back = neighbour(step, -1);
  const next = neighbour(step, 1);
  const refusal = whyNotCreateOn(offer);
  const first = firstStepWith(problems);
  const whyNot =
    refusal ?? (first === undefined ? whyNotByPlan(plan) : `Not everything is decided: ${stepTitles[first]}.`);
  return (
    <div className="sticky bottom-0 mt-6 flex flex-wrap items-center gap-2 border-t bg-bg py-3">
      {back && (
        <Button
          onClick={() => {
            goTo(back);
          }}
        >
          Back
        </Button>
      )}
      <span className="flex-1" />
      {next && next !== "review" && (
        <Button
          onClick={() => {
            void leave("review");
          }}
        >
          Review
        </Button>
      )}
      {next ? (
        <Button type="submit" variant="primary">
          {next === "review" ? "Review" : "Next"}
        </Button>
      ) : (
        <Button type="submit" variant="primary" pending={create.isPending || create.isSuccess} disabledReason={whyNot}>
          Create {draft.hostname}
        </Button>
      )}
    </div>
  );
}

function StepNav({ wizard: { step, goTo, draft, problems } }: { wizard: Wizard }) {
  const at = WizardSteps.indexOf(step);
  const faulty = new Set(Object.keys(problems).map((field) => stepOf(field as keyof typeof problems)));
  return (
    <nav aria-label="Steps of the wizard">
      <ol className="flex gap-1 max-lg:overflow-x-auto lg:flex-col">
        {WizardSteps.map((one, index) => {
          const closed = one !== "template" && draft.templateRevisionId === "";
          const done = index < at && !faulty.has(one);
          return (
            <li key={one}>
              <button
                type="button"
                aria-current={one === step ? "step" : undefined}
                disabled={closed}
                onClick={() => {
                  goTo(one);
                }}
                className={cn(
                  "flex min-h-9 w-full items-center gap-2 rounded-md px-2 text-left text-table whitespace-nowrap",
                  one === step ? "bg-hover font-medium" : "text-muted hover:not-disabled:bg-hover",
                  closed && "cursor-not-allowed",
                )}
              >
                <span
                  aria-hidden
                  className={cn(
                    "grid size-5 shrink-0 place-items-center rounded-full border text-meta tabular-nums",
                    one === step ? "border-accent text-accent" : "border-line-strong",
                  )}
                >
                  {done ? <Check className="size-3" /> : index + 1}
                </span>
                <span className={cn(one !== step && "max-sm:sr-only")}>{stepTitles[one]}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Refusal({ error, wizard }: { error: ApiError; wizard: Wizard }) {
  return (
    <div role="alert" className="rounded-md border border-bad bg-bad-soft p-3 text-table">
      <p className="font-medium text-bad">{outcomeTitle(error, "Nothing was created.")}</p>
      <p>
        {error.message} <ExistsLink error={error} />
      </p>
      {error.data?.refusal === "quota.exceeded" && (
        <p className="mt-2">
          <AskApproval wizard={wizard} />
        </p>
      )}
    </div>
  );
}
