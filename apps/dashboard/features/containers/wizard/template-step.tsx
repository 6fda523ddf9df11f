"use client";
// First question: from which template? One click answers it and goes on.
import type { TemplateView } from "@homeport/api";
import { cn } from "@homeport/ui/cn";
import { Check } from "lucide-react";
import { formatDuration } from "../../runs/duration";
import { TemplateIcon } from "../template-icon";

interface Props {
  templates: readonly TemplateView[] | undefined;
  chosen: string;
  onChoose: (name: string) => void;
}

export function TemplateStep({ templates, chosen, onChoose }: Props) {
  if (templates?.length === 0) return <p className="text-muted">There are no templates. They are read from the folder templates/ when Homeport starts.</p>;
  return (
    <ul aria-label="Templates" className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-3">
      {templates?.map((template) => <li key={template.id}><TemplateCard template={template} chosen={template.name === chosen} onChoose={onChoose} /></li>) ?? Array.from({ length: 6 }, (_, index) => <li key={index} aria-hidden className="h-36 animate-pulse rounded-md bg-hover" />)}
    </ul>
  );
}

function TemplateCard({ template, chosen, onChoose }: { template: TemplateView; chosen: boolean; onChoose: (name: string) => void }) {
  const { name, title, summary, icon, ports, defaults, estimate } = template;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={() => { onChoose(name); }}
      className={cn("flex h-full min-h-36 w-full flex-col gap-2 rounded-md border bg-surface p-3 text-left hover:border-line-strong", chosen ? "border-accent ring-1 ring-accent" : "border-line")}
    >
      <span className="flex items-center gap-2 font-medium"><TemplateIcon name={icon} className="size-4 text-muted" />{title}{chosen && <Check aria-hidden className="ml-auto size-4 text-accent" />}</span>
      <span className="text-table text-muted">{summary}</span>
      <span className="mt-auto flex flex-wrap gap-x-3 text-meta text-muted tabular-nums">
        <span>{ports.length === 0 ? "No open ports" : ports.map(({ port }) => `:${port}`).join(" ")}</span>
        <span>{defaults.memoryMib} MiB, {defaults.diskGib} GiB</span>
        <span>about {formatDuration(estimate.seconds * 1_000)}</span>
      </span>
    </button>
  );
}
