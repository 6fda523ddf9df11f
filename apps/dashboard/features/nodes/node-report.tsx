"use client";
// What works on a node, line by line; what does not, with the command that mends it.
import type { NodeView } from "@homeport/api";
import type { NodeReportLine } from "@homeport/domain/node/node-report";
import { nodeReasonText } from "@homeport/domain/text/node-reason";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { CodeBlock } from "@homeport/ui/code-block";
import { Skeleton } from "@homeport/ui/skeleton";
import { RelativeTime } from "@homeport/ui/relative-time";
import { StateIcon, type StateTone } from "@homeport/ui/state-badge";
import { RefreshCw } from "lucide-react";
import { trpc } from "@/lib/trpc";

const results: Record<NodeReportLine["state"], { tone: StateTone; word: string }> = {
  ok: { tone: "good", word: "Works" },
  warning: { tone: "wait", word: "Warning" },
  failed: { tone: "bad", word: "Failed" },
  skipped: { tone: "idle", word: "Not checked" },
};

export function NodeReport({ node }: { node: NodeView }) {
  const utils = trpc.useUtils();
  const probe = trpc.nodes.probe.useMutation({ onSuccess: () => void utils.nodes.get.invalidate({ id: node.id }) });
  const lines = node.report?.lines ?? [];
  const checking = node.probing || probe.isPending;
  // A check that reaches nobody has no results of its own: these are of the last one that did.
  const away = node.state === "unreachable" && lines.length > 0;
  return (
    <Card
      flush
      title={away ? "What worked when it last answered a check" : "What works"}
      hint={<Hint checking={checking} away={away} at={node.probedAt} />}
      actions={
        <Button
          size="sm"
          pending={checking}
          onClick={() => {
            probe.mutate({ id: node.id });
          }}
        >
          {!checking && <RefreshCw aria-hidden />}Check again
        </Button>
      }
    >
      {probe.error && (
        <p role="alert" className="border-b px-4 py-2 text-bad">
          {probe.error.message}
        </p>
      )}
      <ul aria-live="polite" aria-busy={checking}>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
        {checking && (
          <li className="flex items-center gap-3 px-4 py-2.5">
            <StateIcon tone="busy" />
            <span className="text-muted">Checking …</span>
            <Skeleton className="h-4 w-40" />
          </li>
        )}
        {!checking && lines.length === 0 && (
          <li className="px-4 py-6 text-center text-muted">
            {node.stateReason ? nodeReasonText(node.stateReason) : "Nothing was checked yet."}
          </li>
        )}
      </ul>
    </Card>
  );
}

function Hint({ checking, away, at }: { checking: boolean; away: boolean; at: Date | null }) {
  if (checking) return "Being checked now";
  if (away) return "It does not answer now: these are older results";
  if (at === null) return "Not checked yet";
  return (
    <>
      checked <RelativeTime at={at} />
    </>
  );
}

function Line({ line: { label, state, detail, fix } }: { line: NodeReportLine }) {
  const { tone, word } = results[state];
  return (
    <li className="flex gap-3 border-b px-4 py-2.5 last:border-0">
      <StateIcon tone={tone} className="mt-0.75" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-2">
          <span className="font-medium">{label}</span>
          <span className="sr-only">{word}.</span>
          <span className="min-w-0 break-words text-muted">{detail}</span>
        </p>
        {fix !== undefined && (
          <div className="mt-2">
            <p className="mb-1 text-meta text-muted">On the node, this fixes it:</p>
            <CodeBlock text={fix} copyLabel="Copy the command" />
          </div>
        )}
      </div>
    </li>
  );
}
