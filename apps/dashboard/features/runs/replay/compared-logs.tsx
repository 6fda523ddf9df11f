"use client";
// The logs of one step of two runs, side by side or as changes.
import type { ComparedRun, Comparison } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { runTitle } from "@homeport/domain/text/run-title";
import { readStepLog } from "./read-step-log";
import { TextDiff } from "./text-diff";

interface Props {
  a: ComparedRun;
  b: ComparedRun;
  step: Comparison["steps"][number];
}

type Mode = "beside" | "changes";
type StepLogQuery = ReturnType<typeof useStepLog>;

export function ComparedLogs({ a, b, step }: Props) {
  const [mode, setMode] = useState<Mode>("beside");
  const left = useStepLog(a, step.name, step.a !== null);
  const right = useStepLog(b, step.name, step.b !== null);
  const cut = (left.data?.cut ?? false) || (right.data?.cut ?? false);
  return (
    <Card
      title={`Log of “${step.title}”`}
      hint={cut ? "Only the first 512 KiB of each are compared here." : undefined}
      flush
      actions={
        <div role="group" aria-label="How the logs are shown" className="flex gap-1">
          <Button
            size="sm"
            variant={mode === "beside" ? "secondary" : "ghost"}
            aria-pressed={mode === "beside"}
            onClick={() => {
              setMode("beside");
            }}
          >
            Side by side
          </Button>
          <Button
            size="sm"
            variant={mode === "changes" ? "secondary" : "ghost"}
            aria-pressed={mode === "changes"}
            onClick={() => {
              setMode("changes");
            }}
          >
            Changes
          </Button>
        </div>
      }
    >
      <Logs a={a} b={b} step={step} mode={mode} left={left} right={right} />
    </Card>
  );
}

function Logs({ a, b, step, mode, left, right }: Props & { mode: Mode; left: StepLogQuery; right: StepLogQuery }) {
  const error = left.error ?? right.error;
  if (error)
    return (
      <p role="alert" className="p-4 text-bad">
        {error.message}
      </p>
    );
  if (left.isLoading || right.isLoading)
    return (
      <SkeletonGroup label="Loading the logs" className="grid gap-2 p-4">
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-4 w-1/2" />
      </SkeletonGroup>
    );
  if (mode === "changes")
    return (
      <TextDiff a={left.data?.text ?? ""} b={right.data?.text ?? ""} label={`Changes in the log of ${step.title}`} />
    );
  return (
    <div className="grid md:grid-cols-2 md:divide-x">
      <Side run={a} text={left.data?.text} there={step.a !== null} />
      <Side run={b} text={right.data?.text} there={step.b !== null} />
    </div>
  );
}

interface SideProps {
  run: ComparedRun;
  text: string | undefined;
  there: boolean;
}

function whyNoLog({ run, text, there }: SideProps): string | undefined {
  if (!there) return "This step is not part of the run.";
  if (run.logsDroppedAt) return "Its logs were removed, past their retention.";
  return text === "" ? "This step printed nothing." : undefined;
}

function Side({ run, text, there }: SideProps) {
  const title = runTitle(run);
  const empty = whyNoLog({ run, text, there });
  return (
    <div className="min-w-0 max-md:border-b max-md:last:border-0">
      <p className="border-b px-3 py-1 text-meta text-muted">{title}</p>
      {empty === undefined ? (
        <pre
          tabIndex={0}
          aria-label={`Log of ${title}`}
          className="max-h-[60dvh] overflow-auto bg-sunken px-3 py-2 text-meta break-words whitespace-pre-wrap focus-visible:-outline-offset-2"
        >
          {text}
        </pre>
      ) : (
        <p className="p-3 text-table text-muted">{empty}</p>
      )}
    </div>
  );
}

function useStepLog({ id, endedAt }: ComparedRun, step: string, enabled: boolean) {
  // The log of a run that has ended does not change any more.
  return useQuery({
    queryKey: ["step-log", id, step],
    queryFn: ({ signal }) => readStepLog({ runId: id, step }, signal),
    enabled,
    ...(endedAt ? { staleTime: Infinity } : {}),
  });
}
