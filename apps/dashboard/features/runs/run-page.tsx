"use client";
// A run, live: its steps on the left, the log of the chosen one on the right, a decision when it waits for one.
import type { RunDetail, StepView } from "@homeport/api";
import { isActive } from "@homeport/domain/run-state";
import { stepWords } from "@homeport/domain/state-word";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { QueryError } from "@/components/query-error";
import { useUrlQuery, writeUrl } from "../url-query";
import { FailureCard } from "./failure-card";
import { LogView } from "./log/log-view";
import { emptyStepLog, type StepLog } from "./log/step-log";
import { ReadyLinks } from "./ready-links";
import { RunHeader } from "./run-header";
import { RunInputs } from "./run-inputs";
import { RunSkeleton } from "./run-skeleton";
import { StepList } from "./step-list";
import { useRun } from "./use-run";

export function RunPage({ id }: { id: string }) {
  const { run, error, refetch, log, connection, replayed, reconnect } = useRun(id);
  const asked = useUrlQuery().get("step");
  if (!run && error) return <QueryError error={error} what="This run" onRetry={() => { void refetch(); }} back={{ href: "/runs", label: "All runs" }} />;
  if (!run) return <RunSkeleton />;

  const chosen = run.steps.find(({ name }) => name === asked) ?? current(run);
  const failed = run.state === "awaiting_decision" || run.state === "failed" ? run.steps.find(({ state }) => state === "failed") : undefined;
  const show = (step: StepView): void => { writeUrl(`/runs/${id}?step=${encodeURIComponent(step.name)}`, "replace"); };
  return (
    <>
      {connection !== "live" && isActive(run.state) && replayed && <Broken lost={connection === "lost"} onReconnect={reconnect} />}
      <RunHeader run={run} />
      {failed ? <FailureCard run={run} step={failed} log={log.get(failed.id)} onShow={() => { show(failed); }} /> : run.error !== null && <Banner tone="bad" title={run.error} className="mb-4" />}
      {(run.state === "done" || run.state === "done_with_warnings") && <ReadyLinks run={run} />}
      <div className="grid overflow-hidden rounded-md border bg-surface lg:h-[max(440px,calc(100dvh-320px))] lg:grid-cols-[minmax(280px,360px)_minmax(0,1fr)] lg:grid-rows-[minmax(0,1fr)]">
        <div className="min-h-0 overflow-y-auto border-b py-1 lg:border-r lg:border-b-0"><StepList run={run} chosen={chosen?.name} onChoose={show} /></div>
        <div className="h-[70dvh] min-h-0 lg:h-auto">
          {chosen && <LogView key={chosen.id} title={chosen.title} log={log.get(chosen.id) ?? emptyStepLog} live={isActive(run.state)} downloadHref={`/api/runs/${id}/log?step=${encodeURIComponent(chosen.name)}`} emptyText={emptyText(chosen, replayed, log.get(chosen.id))} />}
        </div>
      </div>
      <p role="status" className="sr-only">{chosen && `${chosen.title}: ${stepWords[chosen.state].word}`}</p>
      <RunInputs run={run} />
    </>
  );
}

/** Where the run is: what runs or failed, else what was done last, else the first. */
function current({ steps }: RunDetail): StepView | undefined {
  return steps.find(({ state }) => state === "running" || state === "failed" || state === "waiting") ?? steps.findLast(({ startedAt }) => startedAt !== null) ?? steps[0];
}

function emptyText(step: StepView, replayed: boolean, log: StepLog | undefined): string {
  if (!replayed && log === undefined) return "Loading the log…";
  if (step.state === "pending") return "This step has not begun.";
  return step.state === "running" ? "Nothing printed yet." : "This step printed nothing.";
}

function Broken({ lost, onReconnect }: { lost: boolean; onReconnect: () => void }) {
  return (
    <Banner tone="wait" className="mb-4" title={lost ? "The live connection was lost." : "Connecting again…"} actions={lost && <Button size="sm" onClick={onReconnect}>Connect again</Button>}>
      What you see may be old. The run itself is not affected.
    </Banner>
  );
}
