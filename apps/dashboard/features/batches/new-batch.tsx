"use client";
// Several containers at once: names, addresses and VMIDs by pattern on the left, what will be made on the right.
import { useAlive } from "@homeport/ui/alive";
import { Button } from "@homeport/ui/button";
import { Fold } from "@homeport/ui/fold";
import { Form } from "@homeport/ui/form";
import { PageHeader } from "@homeport/ui/page-header";
import type { ReactNode } from "react";
import { ExistsLink } from "@/components/exists-link";
import { QueryError } from "@/components/query-error";
import { outcomeTitle } from "@/lib/requests/answer";
import { NodeStep, SoftwareStep, WizardSkeleton } from "@/features/container-form";
import { BatchFields } from "./batch-fields";
import { NewLease } from "@/features/leases";
import { BatchPreview } from "./batch-preview";
import { BatchSize } from "./batch-size";
import { TemplateChoice } from "./template-choice";
import { useNewBatch } from "./use-new-batch";

/** A request key is made at random: the server and the browser would make two. */
export function NewBatch() {
  return useAlive() ? <BatchForm /> : <WizardSkeleton />;
}

function BatchForm() {
  const batch = useNewBatch();
  const { form, draft, offer, choose, rows, create, refusedNow, whyNot, submit } = batch;
  if (offer.failed?.error) return <QueryError error={offer.failed.error} what="What can be chosen" />;
  return (
    <>
      <PageHeader
        title="Several containers at once"
        description="One template, one size, one run each. All of them are created, or none is."
      />
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        className="grid items-start gap-6 xl:grid-cols-[minmax(0,680px)_minmax(320px,1fr)]"
      >
        <div className="flex min-w-0 flex-col gap-6">
          <Part title="What">
            <TemplateChoice
              templates={offer.templates}
              chosen={draft.templateName}
              error={batch.problems.templateRevisionId}
              onChoose={choose}
            />
          </Part>
          <Part title="Where">
            <NodeStep
              nodes={offer.nodes}
              needsSsh={offer.template?.needsSsh === true}
              chosen={draft.nodeId}
              onChoose={(id) => {
                form.setValue("nodeId", id, { shouldDirty: true });
              }}
            />
          </Part>
          <Part title="Names and addresses">
            <BatchFields batch={batch} />
          </Part>
          <Part title="Size of each">
            <BatchSize batch={batch} />
            <NewLease template={offer.definition} subject="They are" />
          </Part>
          {offer.definition && (
            <Fold title="Packages and scripts" about="What of the template is left out">
              <div className="p-3">
                <SoftwareStep form={form} draft={draft} definition={offer.definition} />
              </div>
            </Fold>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-3 xl:sticky xl:top-4">
          {refusedNow && (
            <div role="alert" className="rounded-md border border-bad bg-bad-soft p-3 text-table">
              <p className="font-medium text-bad">{outcomeTitle(refusedNow, "Nothing was created.")}</p>
              <p>
                {refusedNow.message} <ExistsLink error={refusedNow} />
              </p>
            </div>
          )}
          <BatchPreview rows={rows} />
          <div className="flex justify-end">
            <Button
              type="submit"
              variant="primary"
              pending={create.isPending || create.isSuccess}
              disabledReason={whyNot}
            >
              Create {rows.length === 0 ? "them" : `${rows.length} ${rows.length === 1 ? "container" : "containers"}`}
            </Button>
          </div>
        </div>
      </Form>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-title font-semibold">{title}</h2>
      {children}
    </section>
  );
}
