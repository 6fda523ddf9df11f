"use client";
// Second question: on which node? The default one is chosen; one where nothing can be made says why.
import type { UsableNodeView } from "@homeport/api";
import { whyNotCreate } from "@homeport/domain/container/container-state";
import { nodeStateLabels } from "@homeport/domain/text/state-label";
import { cn } from "@homeport/ui/cn";
import { StateBadge } from "@homeport/ui/state-badge";
import { Link } from "@/components/link";
import { formatBytes, formatShare } from "../../lib/format/bytes";

interface Props {
  nodes: readonly UsableNodeView[] | undefined;
  /** The chosen template does something inside the container. */
  needsSsh: boolean;
  chosen: string;
  onChoose: (id: string) => void;
}

export function NodeStep({ nodes, needsSsh, chosen, onChoose }: Props) {
  if (nodes?.length === 0)
    return (
      <p>
        No node yet.{" "}
        <Link href="/nodes/new" className="text-accent underline underline-offset-2">
          Add a Proxmox VE node
        </Link>
        , or ask its owner to share one into this project; what you chose here is kept.
      </p>
    );
  return (
    <fieldset>
      <legend className="sr-only">Node</legend>
      <div className="flex flex-col gap-2">
        {nodes?.map((node) => (
          <NodeOption
            key={node.id}
            node={node}
            lacksSsh={needsSsh && !node.hasSsh}
            chosen={node.id === chosen}
            onChoose={onChoose}
          />
        )) ?? <div aria-hidden className="h-16 animate-pulse rounded-md bg-hover" />}
      </div>
    </fieldset>
  );
}

function NodeOption({
  node,
  lacksSsh,
  chosen,
  onChoose,
}: {
  node: UsableNodeView;
  lacksSsh: boolean;
  chosen: boolean;
  onChoose: (id: string) => void;
}) {
  const reason = whyNotCreate(node);
  const { id, name, host, pveVersion, usage: seen, isDefault, own, owner } = node;
  const memory =
    seen && seen.memBytes !== null && seen.maxMemBytes !== null
      ? `${formatBytes(seen.maxMemBytes - seen.memBytes)} of ${formatBytes(seen.maxMemBytes)} memory free`
      : undefined;
  return (
    <label
      className={cn(
        "grid cursor-pointer grid-cols-[20px_1fr_auto] items-center gap-x-2 gap-y-1 rounded-md border bg-surface p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent",
        chosen ? "border-accent ring-1 ring-accent" : "border-line hover:border-line-strong",
        reason && "cursor-not-allowed",
      )}
    >
      <input
        type="radio"
        name="node"
        checked={chosen}
        disabled={reason !== undefined}
        onChange={() => {
          onChoose(id);
        }}
        aria-describedby={`node-${id}`}
        className="size-4 accent-accent"
      />
      <span className="flex min-w-0 items-center gap-2 font-medium">
        <span className="truncate">{name}</span>
        {isDefault && <span className="rounded-sm border px-1.5 text-meta font-normal text-muted">default</span>}
      </span>
      <StateBadge state={nodeStateLabels[node.state]} />
      <span />
      <span id={`node-${id}`} className="col-span-2 text-meta text-muted tabular-nums">
        {reason ? (
          <span className="text-bad">{reason} </span>
        ) : (
          [
            `Proxmox VE ${pveVersion ?? "?"}${host === null ? "" : ` at ${host}`}`,
            own ? undefined : `shared by ${owner.name}`,
            memory,
            seen && seen.cpu !== null ? `CPU ${formatShare(seen.cpu)}` : undefined,
          ]
            .filter(Boolean)
            .join(" · ")
        )}
        {!reason && lacksSsh && (
          <span className="block text-wait">
            It has no SSH access, which this template needs.{" "}
            {own ? (
              <Link href={`/nodes/${id}/edit`} className="text-accent underline underline-offset-2">
                Add SSH
              </Link>
            ) : (
              `Ask ${owner.name}.`
            )}
          </span>
        )}
        {reason && own && (
          <Link href={`/nodes/${id}`} className="text-accent underline underline-offset-2">
            Open the node
          </Link>
        )}
      </span>
    </label>
  );
}
