"use client";
// One thing that does not agree: what, since when, what was seen, and what can be done about it.
import type { OrphanView } from "@homeport/api";
import { type OrphanAction, orphanTitle } from "@homeport/domain/orphan/orphan";
import { resolutionText } from "@homeport/domain/text/orphan";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { CodeBlock } from "@homeport/ui/code-block";
import { ConfirmDialog } from "@homeport/ui/confirm-dialog";
import { DefinitionList } from "@homeport/ui/definition-list";
import { Mono } from "@homeport/ui/mono";
import { RelativeTime } from "@homeport/ui/relative-time";
import Link from "next/link";
import type { ReactNode } from "react";
import { actionTitle, questionOf, unlockCommand } from "./orphan-text";
import { useSettle } from "./use-settle";

const variants: Partial<Record<OrphanAction, "primary" | "danger-ghost">> = {
  adopt: "primary",
  resume: "primary",
  delete: "danger-ghost",
};

export function OrphanCard({ orphan }: { orphan: OrphanView }) {
  const { kind, state, sentence, firstSeenAt, resolvedAt, resolution, actions } = orphan;
  const settle = useSettle(orphan);
  const command = unlockCommand(orphan);
  const question = settle.asking && questionOf(settle.asking, orphan);
  const buttons = actions.map(({ action, reason }) => (
    <Button
      key={action}
      size="sm"
      variant={variants[action] ?? "secondary"}
      disabledReason={reason}
      pending={settle.pending === action}
      onClick={() => {
        settle.ask(action);
      }}
    >
      {actionTitle(action, kind)}
    </Button>
  ));
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {orphanTitle(kind, orphan.facts)}
          {orphan.facts.madeBy === "other" && <Badge tone="wait">another Homeport</Badge>}
        </span>
      }
      hint={
        state === "resolved" ? (
          <>
            {resolutionText(resolution)}, {resolvedAt && <RelativeTime at={resolvedAt} />}
          </>
        ) : (
          <>
            first seen <RelativeTime at={firstSeenAt} />
          </>
        )
      }
      actions={buttons.length > 0 && <div className="flex flex-wrap gap-2">{buttons}</div>}
    >
      <p className="mb-3 max-w-3xl break-words">{sentence}</p>
      {command !== undefined && state !== "resolved" && (
        <div className="mb-3 grid max-w-xl gap-1">
          <p className="text-table text-muted">When nothing works behind it, run this on node {orphan.node?.name}:</p>
          <CodeBlock text={command} copyLabel="Copy the command" />
        </div>
      )}
      <DefinitionList items={evidence(orphan)} />
      {question && settle.asking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (!open) settle.dismiss();
          }}
          title={question.title}
          description={question.text}
          goes={question.goes}
          stays={question.stays}
          confirmLabel={actionTitle(settle.asking, kind)}
          typeName={settle.name}
          danger={settle.asking === "delete"}
          pending={settle.pending !== undefined}
          error={settle.error}
          onConfirm={settle.confirm}
        />
      )}
    </Card>
  );
}

const made = {
  this: "this Homeport",
  other: "another Homeport",
  unknown: "a Homeport from before that was written down",
} as const;

function evidence({
  kind,
  node,
  container,
  runId,
  lastSeenAt,
  facts,
}: OrphanView): { term: ReactNode; value: ReactNode }[] {
  const config = Object.entries(facts.config);
  const hostname = facts.hostname ? [{ term: "Hostname", value: facts.hostname }] : [];
  return [
    ...(node
      ? [
          {
            term: "Node",
            value: (
              <Link className="underline underline-offset-2" href={`/nodes/${node.id}`}>
                {node.name}
              </Link>
            ),
          },
        ]
      : []),
    ...(container
      ? [
          {
            term: "Container",
            value: (
              <Link className="underline underline-offset-2" href={`/containers/${container.id}`}>
                {container.hostname}
              </Link>
            ),
          },
        ]
      : hostname),
    ...(kind === "guest_without_row"
      ? [
          { term: "Created by", value: made[facts.madeBy] },
          { term: "Ownership tag", value: <Mono className="break-all">{facts.marker ?? facts.tag ?? ""}</Mono> },
        ]
      : []),
    ...(runId
      ? [
          {
            term: "Run",
            value: (
              <Link className="underline underline-offset-2" href={`/runs/${runId}`}>
                {facts.run ? `${facts.run.kind}, ${facts.run.state.replaceAll("_", " ")}` : "Open the run"}
              </Link>
            ),
          },
        ]
      : []),
    ...(facts.workflowType ? [{ term: "Workflow", value: <Mono>{facts.workflowType}</Mono> }] : []),
    ...(facts.lock ? [{ term: "Lock", value: <Mono>{facts.lock}</Mono> }] : []),
    { term: "Last seen", value: <RelativeTime at={lastSeenAt} /> },
    ...(config.length > 0
      ? [
          {
            term: "Config",
            value: (
              <details>
                <summary className="cursor-pointer">{config.length} lines</summary>
                <pre tabIndex={0} className="mt-1 max-w-full overflow-x-auto rounded-md bg-sunken p-2 text-meta">
                  {config.map(([key, value]) => `${key}: ${value}`).join("\n")}
                </pre>
              </details>
            ),
          },
        ]
      : []),
  ];
}
