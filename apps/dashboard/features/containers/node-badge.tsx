// Which node something is on, and how the node is when it is not well.
import type { NodeState } from "@homeport/db/types";
import { nodeStateLabels } from "@homeport/domain/text/state-label";
import { Server, TriangleAlert } from "lucide-react";
import { Link } from "@/components/link";

/** `compact`: its state only as an icon, for columns. */
export function NodeBadge({
  node: { id, name, state },
  compact = false,
}: {
  node: { id: string; name: string; state: NodeState };
  compact?: boolean;
}) {
  const well = state === "online";
  return (
    <Link
      href={`/nodes/${id}`}
      title={`Node ${name}: ${nodeStateLabels[state].label}`}
      className="inline-flex max-w-full min-w-0 items-center gap-1 rounded-sm border px-1.5 py-px text-meta text-muted hover:text-text"
    >
      {well ? (
        <Server aria-hidden className="size-3" />
      ) : (
        <TriangleAlert aria-hidden className="size-3 shrink-0 text-bad" />
      )}
      <span className="truncate">{name}</span>
      {!well && (
        <span className={compact ? "sr-only" : "whitespace-nowrap text-bad"}>
          {nodeStateLabels[state].label.toLowerCase()}
        </span>
      )}
    </Link>
  );
}
