"use client";
// A run, live: its steps on the left, the log of the chosen one on the right, a decision when it waits for one, its record below.
import type { RunDetail, StepView } from "@homeport/api";
import { isActive } from "@homeport/domain/run/run-state";
import { stepStateLabels } from "@homeport/domain/text/state-label";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { useRef } from "react";
import { QueryError } from "@/components/query-error";
import { useUrlQuery, writeUrl } from "../../lib/hooks/url-query";
import { DecisionCard } from "./decision/decision-card";
import { LogView } from "./log/log-view";
import { emptyStepLog, type StepLog } from "./log/step-log";
import { ReadyLinks } from "./ready-links";
import { RunHeader } from "./run-header";
import { RunRecord } from "./run-record";
import { RunSkeleton } from "./run-skeleton";
import { Standing } from "./standing";
import { StepList } from "./step-list";
import { useRun } from "./use-run";

export function RunPage({ id }: { id: string }) {
  const { run, error, refetch, log, connection, replayed, reconnect } = useRun(id);
  const query = useUrlQuery();
  const logPlace = useRef<HTMLDivElement>(null);
  if (!run && error)
    return (
      <QueryError
        error={error}
        what="This run"
        onRetry={() => {
          void refetch();
        }}
        back={{ href: "/runs", label: "All runs" }}
      />
    );
  if (!run) return <RunSkeleton />;

  const chosen = run.steps.find(({ name }) => name === query.get("step")) ?? current(run);
  const attempt = chosen?.attempts.find((one) => String(one.attempt) === query.get("attempt"))?.attempt;
  const failed =
    run.state === "awaiting_decision" || run.state === "failed"
      ? run.steps.find(({ state }) => state === "failed")
      : undefined;
  const show = (step: StepView, of?: number): void => {
    writeUrl(
      `${window.location.pathname}?step=${encodeURIComponent(step.name)}${of === undefined ? "" : `&attempt=${of}`}`,
      "replace",
    );
  };
  /** From elsewhere on the page: the log is brought into view as well. */
  const showLog = (step: StepView, of?: number): void => {
    show(step, of);
    logPlace.current?.scrollIntoView({ block: "nearest" });
  };
  return (
    <>
      {connection !== "live" && isActive(run.state) && replayed && (
        <Broken lost={connection === "lost"} onReconnect={reconnect} />
      )}
      <RunHeader run={run} />
      <Standing run={run} />
      {failed ? (
        <DecisionCard
          run={run}
          step={failed}
          log={log.get(failed.id)}
          onShow={(of) => {
            showLog(failed, of);
          }}
        />
      ) : (
        run.error !== null && <Banner tone="bad" title={run.error} className="mb-4" />
      )}
      {(run.state === "done" || run.state === "done_with_warnings") && <ReadyLinks run={run} />}
      <div
        ref={logPlace}
        className="grid scroll-mt-16 overflow-hidden rounded-md border bg-surface lg:h-[max(440px,calc(100dvh-320px))] lg:grid-cols-[minmax(280px,360px)_minmax(0,1fr)] lg:grid-rows-[minmax(0,1fr)]"
      >
        <div className="min-h-0 overflow-y-auto border-b py-1 lg:border-r lg:border-b-0">
          <StepList
            run={run}
            chosen={chosen?.name}
            onChoose={(step) => {
              show(step);
            }}
          />
        </div>
        <div className="h-[70dvh] min-h-0 lg:h-auto">
          {chosen && (
            <LogView
              key={`${chosen.id}/${attempt ?? ""}`}
              title={chosen.title}
              log={log.get(chosen.id) ?? emptyStepLog}
              live={isActive(run.state)}
              downloadHref={`/api/runs/${id}/log?step=${encodeURIComponent(chosen.name)}`}
              emptyText={emptyText(run, chosen, { replayed, log: log.get(chosen.id) })}
              attempt={attempt}
              attempts={chosen.attempts.map((one) => one.attempt)}
              onAttempt={(of) => {
                show(chosen, of);
              }}
            />
          )}
        </div>
      </div>
      <p role="status" className="sr-only">
        {chosen && `${chosen.title}: ${stepStateLabels[chosen.state].label}`}
      </p>
      <RunRecord run={run} onShow={showLog} />
    </>
  );
}

/** Where the run is: what runs or failed, else what was done last, else the first. */
function current({ steps }: RunDetail): StepView | undefined {
  return (
    steps.find(({ state }) => state === "running" || state === "failed" || state === "waiting") ??
    steps.findLast(({ startedAt }) => startedAt !== null) ??
    steps[0]
  );
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

function emptyText(
  run: RunDetail,
  step: StepView,
  { replayed, log }: { replayed: boolean; log: StepLog | undefined },
): string {
  if (run.logsDroppedAt)
    return `The logs of this run were removed on ${day.format(run.logsDroppedAt)}, when they were past their retention. Its steps, attempts and decisions stay.`;
  if (!replayed && log === undefined) return "Loading the log…";
  if (step.state === "pending") return "This step has not begun.";
  return step.state === "running" ? "Nothing printed yet." : "This step printed nothing.";
}

function Broken({ lost, onReconnect }: { lost: boolean; onReconnect: () => void }) {
  return (
    <Banner
      tone="wait"
      className="mb-4"
      title={lost ? "The live connection was lost." : "Connecting again…"}
      actions={
        lost && (
          <Button size="sm" onClick={onReconnect}>
            Connect again
          </Button>
        )
      }
    >
      What you see may be old. The run itself is not affected.
    </Banner>
  );
}
