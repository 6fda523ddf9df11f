"use client";
// After a run that went well: where to go now.
import type { RunDetail } from "@homeport/api";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { Banner } from "@homeport/ui/banner";
import { CircleCheck } from "lucide-react";
import { Link } from "@/components/link";
import { trpc } from "@/lib/trpc";
import { ServiceLinks } from "@/components/service-links";

export function ReadyLinks({ run }: { run: RunDetail }) {
  const wanted = runKinds[run.kind].leavesRunning;
  const { data } = trpc.containers.get.useQuery({ id: run.container.id }, { enabled: wanted });
  const warnings = run.steps.reduce((sum, step) => sum + step.warnings, 0);
  if (!wanted) return null;
  if (data?.lifecycle === "deleted")
    return (
      <Banner tone="info" className="mb-4" title={`${run.container.hostname} was deleted since`}>
        Nothing of it is left on {run.node.name}.
        {runKinds[run.kind].repeatable && " “Run again with changes” creates it again."}
      </Banner>
    );
  return (
    <section
      aria-label="Ready"
      className="mb-4 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 rounded-md border bg-surface px-4 py-2"
    >
      <span className="flex items-center gap-2 font-medium">
        <CircleCheck aria-hidden className="size-4 text-good" />
        Ready
      </span>
      <Link href={`/containers/${run.container.id}`} className="text-accent underline underline-offset-2">
        {run.container.hostname}
      </Link>
      {data?.address && <span className="font-mono text-table">{data.address}</span>}
      {data && <ServiceLinks services={data.services} />}
      {warnings > 0 && (
        <span className="text-table text-wait">
          {warnings} {warnings === 1 ? "warning" : "warnings"}: see the step that has it
        </span>
      )}
    </section>
  );
}
