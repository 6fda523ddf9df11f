// Which node something is on, and how the node is when it is not well.
import type { NodeState } from "@homeport/db/types";
import { nodeWords } from "@homeport/domain/state-word";
import { Server, TriangleAlert } from "lucide-react";
import Link from "next/link";

export function NodeBadge({ node: { id, name, state } }: { node: { id: string; name: string; state: NodeState } }) {
  const well = state === "online";
  return (
    <Link href={`/nodes/${id}`} title={`Node ${name}: ${nodeWords[state].word}`} className="inline-flex min-w-0 items-center gap-1 rounded-sm border px-1.5 py-px text-meta text-muted hover:text-text">
      {well ? <Server aria-hidden className="size-3" /> : <TriangleAlert aria-hidden className="size-3 text-bad" />}
      <span className="truncate">{name}</span>
      {!well && <span className="text-bad">{nodeWords[state].word.toLowerCase()}</span>}
    </Link>
  );
}
