"use client";
// First question: from which template? One click answers it and goes on.
import type { TemplateView } from "@homeport/api";
import { cn } from "@homeport/ui/cn";
import { Check } from "lucide-react";
import { Link } from "@/components/link";
import { formatDuration } from "../../../lib/format/duration";
import { TemplateIcon } from "@/components/template-icon";

interface Props {
  /** Where it would run as things stand, when that node has no SSH: what needs it is marked. */
  nodeWithoutSsh: { id: string; name: string; own: boolean; owner: { name: string } } | undefined;
  templates: readonly TemplateView[] | undefined;
  chosen: string;
  /** Why the chosen one cannot be created where it would run. */
  problem: string | undefined;
  onChoose: (name: string) => void;
}

export function TemplateStep({ templates, chosen, problem, onChoose, nodeWithoutSsh }: Props) {
  if (templates?.length === 0)
    return (
      <p className="text-muted">
        There are no templates. They are read from the folder templates/ when Homeport starts.
      </p>
    );
  return (
    <>
      {nodeWithoutSsh !== undefined && (
        <p className="mb-3 rounded-md border border-wait/40 bg-wait-soft p-3 text-table">
          Node {nodeWithoutSsh.name} has no SSH access: what needs it cannot be made there.{" "}
          {nodeWithoutSsh.own ? (
            <Link href={`/nodes/${nodeWithoutSsh.id}/edit`} className="text-accent underline underline-offset-2">
              Add SSH to {nodeWithoutSsh.name}
            </Link>
          ) : (
            `Ask ${nodeWithoutSsh.owner.name} for it`
          )}
          , choose another node in the next step, or take one that works without.
        </p>
      )}
      {problem !== undefined && chosen !== "" && (
        <p role="alert" className="mb-3 rounded-md border border-bad bg-bad-soft p-3 text-table">
          {problem} Choose another template, or another node in the next step.
        </p>
      )}
      <ul aria-label="Templates" className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-3">
        {templates?.map((template) => (
          <li key={template.id}>
            <TemplateCard
              template={template}
              chosen={template.name === chosen}
              onChoose={onChoose}
              lacksSsh={nodeWithoutSsh !== undefined && template.needsSsh}
            />
          </li>
        )) ??
          Array.from({ length: 6 }, (_, index) => (
            <li key={index} aria-hidden className="h-36 animate-pulse rounded-md bg-hover" />
          ))}
      </ul>
    </>
  );
}

function TemplateCard({
  template,
  chosen,
  onChoose,
  lacksSsh,
}: {
  template: TemplateView;
  chosen: boolean;
  onChoose: (name: string) => void;
  lacksSsh: boolean;
}) {
  const { name, title, summary, icon, ports, defaults, estimate, needsSsh } = template;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={() => {
        onChoose(name);
      }}
      className={cn(
        "flex h-full min-h-36 w-full flex-col gap-2 rounded-md border bg-surface p-3 text-left hover:border-line-strong",
        chosen ? "border-accent ring-1 ring-accent" : "border-line",
      )}
    >
      <span className="flex items-center gap-2 font-medium">
        <TemplateIcon name={icon} className="size-4 text-muted" />
        {title}
        {chosen && <Check aria-hidden className="ml-auto size-4 text-accent" />}
      </span>
      <span className="text-table text-muted">{summary}</span>
      <span className="mt-auto flex flex-wrap gap-x-3 text-meta text-muted tabular-nums">
        <span>{ports.length === 0 ? "No open ports" : ports.map(({ port }) => `:${port}`).join(" ")}</span>
        <span>
          {defaults.memoryMib} MiB, {defaults.diskGib} GiB
        </span>
        <span>about {formatDuration(estimate.seconds * 1_000)}</span>
        <span className={cn(lacksSsh && "font-medium text-wait")}>{needsSsh ? "needs SSH" : "works without SSH"}</span>
      </span>
    </button>
  );
}
