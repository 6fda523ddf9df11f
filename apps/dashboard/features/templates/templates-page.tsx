"use client";
// What can be made: a card a template, with what one gets and how long it takes.
import type { TemplateView } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { PageHeader } from "@homeport/ui/page-header";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { LayoutTemplate } from "lucide-react";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { TemplateIcon } from "@/components/template-icon";
import { trpc } from "@/lib/trpc";
import { about, count, mib } from "./numbers";
import { TemplateTroubles } from "./template-troubles";

export function TemplatesPage() {
  const templates = trpc.templates.list.useQuery();
  return (
    <>
      <PageHeader
        title="Templates"
        description="What a container can be made from. Each page shows everything that will be done."
      />
      <StaleNote error={templates.error} updatedAt={templates.dataUpdatedAt} />
      <TemplateTroubles />
      {templates.isPending && (
        <SkeletonGroup label="Loading the templates" className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {[0, 1, 2, 3, 4, 5].map((one) => (
            <Skeleton key={one} className="h-37" />
          ))}
        </SkeletonGroup>
      )}
      {templates.data === undefined && templates.error && (
        <QueryError
          error={templates.error}
          what="The templates"
          onRetry={() => void templates.refetch()}
          retrying={templates.isFetching}
        />
      )}
      {templates.data?.length === 0 && (
        <Card>
          <EmptyState icon={<LayoutTemplate />} title="No templates yet">
            The worker reads them from the folder templates/ when it starts. The engine light says whether it runs.
          </EmptyState>
        </Card>
      )}
      {templates.data !== undefined && templates.data.length > 0 && (
        <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {templates.data.map((template) => (
            <li key={template.id}>
              <TemplateCard template={template} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function TemplateCard({ template }: { template: TemplateView }) {
  const {
    name,
    title,
    summary,
    icon,
    category,
    ports,
    defaults,
    estimate,
    revision,
    containerCount,
    scriptCount,
    packageCount,
    needsSsh,
  } = template;
  return (
    <Link
      href={`/templates/${name}`}
      className="flex h-full flex-col rounded-md border bg-surface p-4 transition-colors hover:border-line-strong"
    >
      <span className="flex items-center gap-2">
        <TemplateIcon name={icon} className="size-5 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate font-semibold">{title}</span>
        <Badge>{category}</Badge>
      </span>
      <span className="mt-2 flex-1 text-muted">{summary}</span>
      <span className="mt-3 flex flex-wrap gap-x-3 gap-y-0.5 text-meta text-muted">
        {ports.length > 0 && <span className="font-mono">{ports.map(({ port }) => `:${port}`).join(" ")}</span>}
        <span>
          {count(defaults.cores, "core")}, {mib(defaults.memoryMib)}, {defaults.diskGib} GiB disk
        </span>
        {packageCount + scriptCount > 0 && (
          <span>
            {[packageCount > 0 && count(packageCount, "package"), scriptCount > 0 && count(scriptCount, "script")]
              .filter(Boolean)
              .join(", ")}
          </span>
        )}
        <span>about {about(estimate.seconds)}</span>
        <span>{needsSsh ? "needs SSH to the node" : "works without SSH"}</span>
      </span>
      <span className="mt-1 text-meta text-muted">
        Revision {revision} · {containerCount === 0 ? "not used yet" : `used by ${count(containerCount, "container")}`}
      </span>
    </Link>
  );
}
