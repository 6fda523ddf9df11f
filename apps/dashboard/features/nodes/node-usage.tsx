// What a node has and uses, as thin bars, with the age of the look.
import type { NodeView } from "@homeport/api";
import { Card } from "@homeport/ui/card";
import { ProgressBar } from "@homeport/ui/progress-bar";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Link } from "@/components/link";
import { usageTone } from "../../lib/format/usage-tone";

const GIB = 1024 ** 3;
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const count = new Intl.NumberFormat("en");
const percent = new Intl.NumberFormat("en", { style: "percent" });

export function NodeUsage({ node }: { node: NodeView }) {
  const { observation: seen, containerCount, id } = node;
  return (
    <Card
      title="On this node"
      hint={
        seen ? (
          <>
            seen <RelativeTime at={seen.seenAt} />
          </>
        ) : undefined
      }
      actions={
        <Link href={`/?node=${id}`} className="text-table text-accent underline underline-offset-2">
          {containerCount} {containerCount === 1 ? "container" : "containers"}
        </Link>
      }
    >
      {seen === null ? (
        <p className="text-muted">
          {node.state === "online" || node.state === "needs_attention"
            ? "Its first figures arrive within a minute of its first check."
            : "Known once the node was reached."}
        </p>
      ) : (
        <dl className="grid gap-3 text-table">
          <Bar
            title="CPU"
            part={seen.cpu}
            text={seen.cpu === null ? "unknown" : `${percent.format(seen.cpu)} of ${seen.maxCpu ?? "?"} cores`}
          />
          <Bar
            title="Memory"
            part={ratio(seen.memBytes, seen.maxMemBytes)}
            text={ofGib(seen.memBytes, seen.maxMemBytes)}
          />
          <Bar
            title="Disk"
            part={ratio(seen.diskBytes, seen.maxDiskBytes)}
            text={ofGib(seen.diskBytes, seen.maxDiskBytes)}
          />
        </dl>
      )}
      {seen !== null && (seen.guestsSeen ?? 0) > (seen.guestsKept ?? 0) && (
        <p className="mt-3 text-table text-muted">
          The node lists {count.format(seen.guestsSeen ?? 0)} guests. Homeport keeps its own and the first of the
          others, {count.format(seen.guestsKept ?? 0)} in all; whether a VMID is free is asked of the node each time.
        </p>
      )}
    </Card>
  );
}

function Bar({ title, part, text }: { title: string; part: number | null; text: string }) {
  return (
    <div className="grid grid-cols-2 gap-x-2 gap-y-1">
      <dt className="text-muted">{title}</dt>
      <dd className="text-right">{text}</dd>
      {part !== null && (
        <dd className="col-span-2">
          <ProgressBar label={title} value={part} tone={usageTone(part)} />
        </dd>
      )}
    </div>
  );
}

function ratio(used: number | null, all: number | null): number | null {
  return used === null || all === null || all === 0 ? null : used / all;
}

function ofGib(used: number | null, all: number | null): string {
  return used === null || all === null ? "unknown" : `${number.format(used / GIB)} of ${number.format(all / GIB)} GiB`;
}
