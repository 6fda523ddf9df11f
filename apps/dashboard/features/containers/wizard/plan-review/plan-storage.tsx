// What the disk takes of its storage, drawn: what is used, what this one is promised, what is left.
import type { PlanDocument } from "@homeport/domain/plan";
import { formatBytes } from "../../format";

export function PlanStorage({ storage: { name, availableBytes, totalBytes, neededBytes } }: { storage: PlanDocument["storage"] }) {
  if (availableBytes === null) return null;
  const words = `${formatBytes(neededBytes)} of the ${formatBytes(availableBytes)} free on ${name}`;
  if (totalBytes === null || totalBytes === 0) return <p className="text-table text-muted">{words}</p>;
  const share = (bytes: number): string => `${Math.min(100, Math.max(0, (bytes / totalBytes) * 100))}%`;
  const tight = neededBytes > availableBytes;
  return (
    <div className="mt-1.5 max-w-md">
      <p className="mb-1 text-table text-muted tabular-nums">{words}</p>
      <div aria-hidden className="flex h-1.5 overflow-hidden rounded-full bg-hover">
        <span className="bg-line-strong" style={{ width: share(totalBytes - availableBytes) }} />
        <span className={tight ? "bg-bad" : "bg-accent"} style={{ width: share(Math.min(neededBytes, availableBytes)), minWidth: 2 }} />
      </div>
    </div>
  );
}
