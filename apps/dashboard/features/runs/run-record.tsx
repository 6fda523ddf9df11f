"use client";
// The record of a run: what was asked, every attempt of every step, every decision. It stays when the logs are gone.
import type { RunDetail, StepView } from "@homeport/api";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { stepDetailText } from "@homeport/domain/text/step-detail";
import { stepStateLabels } from "@homeport/domain/text/state-label";
import { Badge } from "@homeport/ui/badge";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { RelativeTime } from "@homeport/ui/relative-time";
import { StateBadge } from "@homeport/ui/state-badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { Skeleton } from "@homeport/ui/skeleton";
import dynamic from "next/dynamic";
import { useRef } from "react";
import { Link } from "@/components/link";
import { DecisionsTaken } from "./decisions-taken";
import { elapsedMs, formatDuration } from "../../lib/format/duration";
import { useLater } from "../../lib/hooks/use-later";
import { useNow } from "../../lib/hooks/use-now";

/** What its fields are called comes with the rules for typing them in. */
const SpecList = dynamic(() => import("@/features/containers").then((loaded) => loaded.SpecList), {
  ssr: false,
  loading: () => <InputsPending />,
});

type Show = (step: StepView, attempt?: number) => void;
const link = "text-accent underline underline-offset-2";

export function RunRecord({ run, onShow }: { run: RunDetail; onShow: Show }) {
  const {
    input,
    template,
    user,
    byLease,
    createdAt,
    startedAt,
    endedAt,
    kind,
    id,
    planHash,
    againOf,
    batch,
    logsDroppedAt,
  } = run;
  return (
    <div className="mt-4 grid items-start gap-4 lg:grid-cols-2">
      <div className="grid min-w-0 gap-4">
        <Card title="This run">
          <DefinitionList
            items={[
              {
                term: "Requested",
                value: (
                  <>
                    {runKinds[kind].text.title}, by {byLease ? "its lease" : user.name}, <RelativeTime at={createdAt} />
                  </>
                ),
              },
              {
                term: "Template",
                value: (
                  <>
                    <Link href={`/templates/${template.name}`} className={link}>
                      {template.title}
                    </Link>
                    , revision {template.revision}
                  </>
                ),
              },
              { term: "Began", value: startedAt ? <RelativeTime at={startedAt} /> : "Not yet" },
              { term: "Ended", value: endedAt ? <RelativeTime at={endedAt} /> : "Not yet" },
              ...(planHash === null
                ? []
                : [
                    {
                      term: "Plan",
                      value: (
                        <span className="font-mono text-meta" title={planHash}>
                          {planHash.slice(0, 16)}
                        </span>
                      ),
                    },
                  ]),
              ...(againOf === null
                ? []
                : [
                    {
                      term: "Created again from",
                      value: (
                        <>
                          <Link href={`/runs/${againOf.id}`} className={link}>
                            {againOf.hostname}
                          </Link>
                          ,{" "}
                          <Link href={`/runs/compare?a=${againOf.id}&b=${id}`} className={link}>
                            compare
                          </Link>
                        </>
                      ),
                    },
                  ]),
              ...(batch === null
                ? []
                : [
                    {
                      term: "Batch",
                      value: (
                        <Link href={`/batches/${batch.id}`} className={link}>
                          {batch.title}
                        </Link>
                      ),
                    },
                  ]),
              {
                term: "Logs",
                value: logsDroppedAt ? (
                  <>
                    Removed <RelativeTime at={logsDroppedAt} />, past their retention
                  </>
                ) : (
                  <a href={`/api/runs/${id}/log`} download className={link}>
                    Download all logs
                  </a>
                ),
              },
              { term: "Id", value: <span className="font-mono text-meta break-all">{id}</span> },
            ]}
          />
        </Card>
        <DecisionsTaken run={run} />
      </div>
      {input && <Inputs input={input} />}
      <Attempts run={run} onShow={onShow} />
    </div>
  );
}

function Inputs({ input }: { input: NonNullable<RunDetail["input"]> }) {
  const place = useRef<HTMLDivElement>(null);
  const isTime = useLater(place);
  return (
    <div ref={place} className="min-w-0">
      <Card title="Inputs">{isTime ? <SpecList spec={input} /> : <InputsPending />}</Card>
    </div>
  );
}

const InputsPending = () => <Skeleton className="h-[420px]" />;

function Attempts({ run, onShow }: { run: RunDetail; onShow: Show }) {
  const now = useNow();
  const rows = run.steps.flatMap((step) => step.attempts.map((attempt) => ({ step, attempt })));
  if (rows.length === 0) return null;
  return (
    <Card title="Attempts" hint="Each keeps its own log." flush className="lg:col-span-2">
      <Table aria-label="Attempts">
        <TableHead>
          <TableRow>
            <TableHeader>Step</TableHeader>
            <TableHeader>Attempt</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader className="max-md:hidden">Message</TableHeader>
            <TableHeader className="text-right">Took</TableHeader>
            <TableHeader className="text-right max-sm:hidden">Began</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ step, attempt }) => {
            const ms = now && elapsedMs(attempt, now);
            const message = attempt.error ?? (attempt.detail && stepDetailText(attempt.detail));
            return (
              <TableRow key={`${step.id}/${attempt.attempt}`}>
                <TableCell className="max-w-60 truncate" title={step.title}>
                  {step.title}
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  <button
                    type="button"
                    className={link}
                    aria-label={`Show the log of attempt ${attempt.attempt} of ${step.title}`}
                    onClick={() => {
                      onShow(step, attempt.attempt);
                    }}
                  >
                    {attempt.attempt}
                  </button>
                  {attempt.edited && (
                    <Badge tone="accent" className="ml-2">
                      edited
                    </Badge>
                  )}
                </TableCell>
                <TableCell>
                  <StateBadge plain state={stepStateLabels[attempt.state]} />
                </TableCell>
                <TableCell className="max-w-md truncate text-muted max-md:hidden" title={message ?? undefined}>
                  {message}
                </TableCell>
                <TableCell className="text-right whitespace-nowrap text-muted tabular-nums">
                  {ms === undefined ? "" : formatDuration(ms)}
                </TableCell>
                <TableCell className="text-right text-muted max-sm:hidden">
                  {attempt.startedAt && <RelativeTime at={attempt.startedAt} />}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Card>
  );
}
