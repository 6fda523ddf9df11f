"use client";
// Two runs side by side: what was asked, what the template did, how each step went, and its logs.
import type { Comparison } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { PageHeader } from "@homeport/ui/page-header";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { ArrowLeftRight } from "lucide-react";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { trpc } from "@/lib/trpc";
import { useUrlQuery, writeUrl } from "../../../lib/hooks/url-query";
import { ComparedInputs } from "./compared-inputs";
import { ComparedLogs } from "./compared-logs";
import { ComparedParts } from "./compared-parts";
import { ComparedSteps, took } from "./compared-steps";
import { RunSide } from "./run-side";

export function ComparePage({ a, b }: { a: string; b: string }) {
  const query = trpc.runs.compare.useQuery({ a, b });
  if (query.data) return <Loaded comparison={query.data} />;
  if (query.error)
    return (
      <QueryError
        error={query.error}
        what="One of these runs"
        onRetry={() => {
          void query.refetch();
        }}
        retrying={query.isFetching}
        back={{ href: "/runs", label: "All runs" }}
      />
    );
  return (
    <SkeletonGroup label="Loading the runs">
      <Skeleton className="mb-4 h-7 w-48" />
      <div className="grid gap-4 md:grid-cols-2">
        <Skeleton className="h-32" />
        <Skeleton className="h-32" />
      </div>
      <Skeleton className="mt-4 h-72" />
    </SkeletonGroup>
  );
}

function Loaded({ comparison }: { comparison: Comparison }) {
  const { a, b, inputs, parts, steps } = comparison;
  const asked = useUrlQuery().get("step");
  const chosen =
    steps.find(({ name }) => name === asked) ?? steps.find((step) => step.a?.state !== step.b?.state) ?? longest(steps);
  const choose = (name: string): void => {
    writeUrl(`${window.location.pathname}?a=${a.id}&b=${b.id}&step=${encodeURIComponent(name)}`, "replace");
  };
  return (
    <>
      <PageHeader
        title="Compare two runs"
        description="Secrets are not in a run’s inputs, so none are shown here."
        actions={
          <Button asChild>
            <Link href={`/runs/compare?a=${b.id}&b=${a.id}`} replace>
              <ArrowLeftRight aria-hidden />
              Swap sides
            </Link>
          </Button>
        }
      />
      <div className="mb-4 grid gap-4 md:grid-cols-2">
        <RunSide run={a} side="Left" />
        <RunSide run={b} side="Right" />
      </div>
      <div className="grid gap-4">
        <ComparedSteps steps={steps} chosen={chosen?.name} onChoose={choose} />
        {chosen && <ComparedLogs key={`${a.id}/${b.id}/${chosen.name}`} a={a} b={b} step={chosen} />}
        {inputs.length > 0 && <ComparedInputs inputs={inputs} />}
        {parts.length > 0 && <ComparedParts parts={parts} a={a} b={b} />}
      </div>
    </>
  );
}

/** Where nothing else tells them apart: the step that took longest is likely to have something to say. */
function longest(steps: Comparison["steps"]): Comparison["steps"][number] | undefined {
  const ms = ({ a, b }: Comparison["steps"][number]): number =>
    Math.max(...[a, b].map((side) => (side && took(side)) ?? 0));
  return steps.toSorted((one, other) => ms(other) - ms(one))[0];
}
