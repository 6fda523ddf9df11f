"use client";
// The containers of a batch, a row each: state, step or place in the queue, reason, and the ways to container and run.
import type { BatchItem } from "@homeport/api";
import { StateBadge } from "@homeport/ui/state-badge";
import { Link } from "@/components/link";
import { elapsedMs, formatDuration } from "../../lib/format/duration";
import { useNow } from "../../lib/hooks/use-now";
import { itemState, itemStory } from "./batch-text";

const columns =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-3 md:grid-cols-[150px_minmax(140px,1fr)_70px_120px_minmax(0,1.6fr)_80px_44px]";

export function BatchItems({ items }: { items: readonly BatchItem[] }) {
  const now = useNow();
  return (
    <div className="overflow-hidden rounded-md border bg-surface text-table">
      <div aria-hidden className={`${columns} h-8 border-b text-meta text-muted max-md:hidden`}>
        <span>State</span>
        <span>Container</span>
        <span>VMID</span>
        <span>Address</span>
        <span />
        <span className="text-right">Time</span>
        <span />
      </div>
      <ul aria-label="Containers of the batch">
        {items.map((item) => {
          const { hostname, containerId, runId, vmid, address, times } = item;
          const story = itemStory(item);
          const ms = now && elapsedMs(item, now);
          const bad = item.state === "awaiting_decision" || item.state === "failed";
          return (
            <li
              key={hostname}
              aria-label={`${hostname}: ${itemState(item).label}`}
              className="border-b last:border-b-0 hover:bg-hover"
            >
              <div className={`${columns} min-h-9 py-1.5 md:py-0`}>
                <span className="flex items-center max-md:order-2">
                  <StateBadge plain state={itemState(item)} />
                </span>
                <Link href={`/containers/${containerId}`} className="truncate font-medium hover:underline">
                  {hostname}
                </Link>
                <span className="font-mono text-meta text-muted max-md:hidden">{vmid ?? ""}</span>
                <span className="truncate font-mono text-meta text-muted max-md:hidden">{address ?? ""}</span>
                <span
                  className={`min-w-0 truncate empty:hidden max-md:order-3 md:empty:block ${bad ? "text-bad" : "text-muted"}`}
                  title={story}
                >
                  {story}
                  {story !== "" && times > 1 ? ` · begun ${times} times` : ""}
                </span>
                <span className="text-right text-muted tabular-nums max-md:hidden">
                  {ms === undefined ? "" : formatDuration(ms)}
                </span>
                <Link
                  href={`/runs/${runId}`}
                  aria-label={`Run of ${hostname}`}
                  className="text-right text-accent underline underline-offset-2 max-md:order-4 max-md:py-1"
                >
                  Run
                </Link>
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
