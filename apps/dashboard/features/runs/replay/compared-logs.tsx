"use client";
// The logs of one step of two runs, side by side or as changes.
import type { ComparedRun, Comparison } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { runTitle } from "../run-text";
import { readStepLog } from "./read-step-log";
import { TextDiff } from "./text-diff";

interface Props {
  a: ComparedRun;
  b: ComparedRun;
  step: Comparison["steps"][number];
}

export function ComparedLogs({ a, b, step }: Props) {
  const [mode, setMode] = useState<"beside" | "changes">("beside");
  const left = useStepLog(a, step.name, step.a !== null);
  const right = useStepLog(b, step.name, step.b !== null);
  const error = left.error ?? right.error;
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
      {error ? (
        <p role="alert" className="p-4 text-bad">
          {error.message}
        </p>
      ) : left.isLoading || right.isLoading ? (
        <SkeletonGroup label="Loading the logs" className="grid gap-2 p-4">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/2" />
        </SkeletonGroup>
      ) : mode === "changes" ? (
        <TextDiff a={left.data?.text ?? ""} b={right.data?.text ?? ""} label={`Changes in the log of ${step.title}`} />
      ) : (
        <div className="grid md:grid-cols-2 md:divide-x">
          <Side run={a} text={left.data?.text} there={step.a !== null} />
          <Side run={b} text={right.data?.text} there={step.b !== null} />
        </div>
      )}
    </Card>
  );
}

function Side({ run, text, there }: { run: ComparedRun; text: string | undefined; there: boolean }) {
  const title = runTitle(run);
  const empty = !there
    ? "This step is not part of the run."
    : run.logsDroppedAt
      ? "Its logs were removed, past their retention."
      : text === ""
        ? "This step printed nothing."
        : undefined;
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
