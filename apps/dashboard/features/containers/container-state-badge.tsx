"use client";
// A container's state, and how old the knowledge is once it is older than its poll.
import type { ContainerView } from "@homeport/api";
import { containerStateLabels } from "@homeport/domain/text/state-label";
import { StateBadge } from "@homeport/ui/state-badge";
import { useNow } from "../../lib/hooks/use-now";
import { formatAge, SAY_AGE_AFTER_MS } from "../../lib/format/bytes";

type Shown = Pick<ContainerView, "state" | "seenAt" | "activeRun">;

export function ContainerStateBadge({ container }: { container: Shown }) {
  return (
    <span className="inline-flex items-center gap-2">
      <StateBadge state={containerStateLabels[container.state]} />
      <SeenAge container={container} />
    </span>
  );
}

/** "seen 4 min ago"; "not seen on its node", such as after somebody removed it there; nothing while the last word of the node is fresh, or a run is busy with it. */
function SeenAge({ container: { state, seenAt, activeRun } }: { container: Shown }) {
  const now = useNow();
  if (!now || activeRun || state === "failed" || state === "deleted") return null;
  if (seenAt === null)
    return state === "unknown" ? <span className="text-meta text-muted">not seen on its node</span> : null;
  const age = now.getTime() - seenAt.getTime();
  if (age < SAY_AGE_AFTER_MS) return null;
  return (
    <time
      dateTime={seenAt.toISOString()}
      title={seenAt.toLocaleString()}
      className="text-meta whitespace-nowrap text-muted"
    >
      seen {formatAge(age)}
    </time>
  );
}
