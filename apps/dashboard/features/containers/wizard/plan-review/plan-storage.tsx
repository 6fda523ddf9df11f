// What the disk takes of its storage, drawn: what is used, what others are promised, what this one is, what is left.
import type { PlanDocument } from "@homeport/domain/plan/plan";
import { promisedText } from "@homeport/domain/plan/plan-space";
import { formatBytes } from "../../../../lib/format/bytes";

export function PlanStorage({
  storage: { name, availableBytes, totalBytes, neededBytes, promisedBytes, promisedTo },
}: {
  storage: PlanDocument["storage"];
}) {
  if (availableBytes === null) return null;
  const promised = promisedText({ promisedBytes, promisedTo });
  const words = `${formatBytes(neededBytes)} of the ${formatBytes(availableBytes)} free on ${name}${promised === "" ? "" : `, of which ${promised}`}`;
  if (totalBytes === null || totalBytes === 0) return <p className="text-table text-muted">{words}</p>;
  const share = (bytes: number): string => `${Math.min(100, Math.max(0, (bytes / totalBytes) * 100))}%`;
  const left = Math.max(0, availableBytes - promisedBytes);
  const tight = neededBytes > left;
  return (
    <div className="mt-1.5 max-w-md">
      <p className="mb-1 text-table text-muted tabular-nums">{words}</p>
      <div aria-hidden className="flex h-1.5 overflow-hidden rounded-full bg-hover">
        <span className="bg-line-strong" style={{ width: share(totalBytes - availableBytes) }} />
        <span className="bg-wait" style={{ width: share(Math.min(promisedBytes, availableBytes)) }} />
        <span
          className={tight ? "bg-bad" : "bg-accent"}
          style={{ width: share(Math.min(neededBytes, left)), minWidth: 2 }}
        />
      </div>
    </div>
  );
}
