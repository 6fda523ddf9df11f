"use client";
// No containers yet: three templates to start from, in one click each.
import type { TemplateView } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { cn } from "@homeport/ui/cn";
import { EmptyState } from "@homeport/ui/empty-state";
import { Skeleton } from "@homeport/ui/skeleton";
import { Box } from "lucide-react";
import { Link } from "@/components/link";
import { trpc } from "@/lib/trpc";
import { formatDuration } from "../../../lib/format/duration";
import { TemplateIcon } from "@/components/template-icon";

/** Those that most people want first; when they are not there, the first of the rest. */
const wanted = ["nginx", "postgresql", "nodejs"];
const SHOWN = 3;

/** `refusal`: why none can be made now. */
export function FirstContainer({ refusal }: { refusal: string | undefined }) {
  const { data } = trpc.templates.list.useQuery();
  const rank = (name: string): number => (wanted.includes(name) ? wanted.indexOf(name) : wanted.length);
  const templates = data?.toSorted((a, b) => rank(a.name) - rank(b.name)).slice(0, SHOWN);
  return (
    <div className="mx-auto max-w-3xl pb-12">
      <EmptyState icon={<Box />} title="No containers yet" className="pb-6">
        Choose a template. You can follow every step while it is made, and undo all of it.
      </EmptyState>
      <ul aria-label="Templates to start from" className="grid gap-3 sm:grid-cols-3">
        {templates?.map((template) => (
          <li key={template.id}>
            <Starter template={template} refusal={refusal} />
          </li>
        )) ??
          Array.from({ length: SHOWN }, (_, index) => (
            <li key={index}>
              <Skeleton className="h-32 rounded-md" />
            </li>
          ))}
      </ul>
      <div className="mt-6 flex flex-wrap justify-center gap-2">
        <Button asChild variant="primary" disabledReason={refusal}>
          <Link href="/new">New container</Link>
        </Button>
        <Button asChild>
          <Link href="/templates">Browse all templates</Link>
        </Button>
      </div>
      {refusal !== undefined && <p className="mt-3 text-center text-table text-muted">{refusal}</p>}
    </div>
  );
}

function Starter({
  template: { name, title, summary, icon, estimate },
  refusal,
}: {
  template: TemplateView;
  refusal: string | undefined;
}) {
  const content = (
    <>
      <span className="flex items-center gap-2 font-medium">
        <TemplateIcon name={icon} className="size-4 text-muted" />
        {title}
      </span>
      <span className="text-table text-muted">{summary}</span>
      <span className="mt-auto text-meta text-muted">about {formatDuration(estimate.seconds * 1_000)}</span>
    </>
  );
  const style = "flex h-full min-h-32 flex-col gap-2 rounded-md border bg-surface p-3";
  if (refusal !== undefined)
    return (
      <div className={cn(style, "text-muted")} title={refusal}>
        {content}
      </div>
    );
  return (
    <Link href={`/new?template=${name}`} className={cn(style, "hover:border-line-strong")}>
      {content}
    </Link>
  );
}
