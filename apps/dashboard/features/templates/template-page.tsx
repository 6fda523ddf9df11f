"use client";
// One template: everything that will be done, in the order it will be done.
import type { TemplateDetail } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { DefinitionList } from "@homeport/ui/definition-list";
import { Mono } from "@homeport/ui/mono";
import { PageHeader } from "@homeport/ui/page-header";
import { RelativeTime } from "@homeport/ui/relative-time";
import { Skeleton, SkeletonGroup } from "@homeport/ui/skeleton";
import { Plus } from "lucide-react";
import { Link } from "@/components/link";
import { QueryError } from "@/components/query-error";
import { StaleNote } from "@/components/stale-note";
import { TemplateIcon } from "@/components/template-icon";
import { useRoleRefusal } from "@/lib/project/use-role";
import { trpc } from "@/lib/trpc";
import { inlineMarkdown } from "./inline-markdown";
import { about, count, mib } from "./numbers";
import { TemplateSteps } from "./template-steps";

export function TemplatePage({ name }: { name: string }) {
  const template = trpc.templates.get.useQuery({ name });
  if (template.data) {
    return (
      <>
        <StaleNote error={template.error} updatedAt={template.dataUpdatedAt} />
        <Loaded template={template.data} />
      </>
    );
  }
  if (template.error)
    return (
      <QueryError
        error={template.error}
        what="This template"
        onRetry={() => void template.refetch()}
        retrying={template.isFetching}
        back={{ href: "/templates", label: "All templates" }}
      />
    );
  return (
    <SkeletonGroup className="grid gap-4">
      <Skeleton className="h-7 w-48" />
      <div className="grid gap-4 lg:grid-cols-[1fr_320px]">
        <Skeleton className="h-96" />
        <Skeleton className="h-72" />
      </div>
    </SkeletonGroup>
  );
}

function Loaded({ template }: { template: TemplateDetail }) {
  const refusal = useRoleRefusal("container:write");
  const {
    name,
    title,
    summary,
    icon,
    category,
    os,
    defaults,
    ports,
    estimate,
    tags,
    revision,
    revisions,
    containerCount,
    definition,
  } = template;
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-2">
            <TemplateIcon name={icon} className="size-5 shrink-0 text-muted" />
            {title}
          </span>
        }
        aside={<Badge>{category}</Badge>}
        description={summary}
        actions={
          <>
            <Button asChild disabledReason={refusal}>
              <Link href={`/batches/new?template=${encodeURIComponent(name)}`}>Several at once</Link>
            </Button>
            <Button asChild variant="primary" disabledReason={refusal}>
              <Link href={`/new?template=${encodeURIComponent(name)}`}>
                <Plus aria-hidden />
                Create container
              </Link>
            </Button>
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 gap-4">
          {definition.description !== "" && (
            <Card>
              <div className="grid max-w-prose gap-3">
                {definition.description
                  .trim()
                  .split(/\n{2,}/)
                  .map((paragraph, index) => (
                    <p key={index}>{inlineMarkdown(paragraph)}</p>
                  ))}
              </div>
            </Card>
          )}
          <TemplateSteps definition={definition} />
        </div>
        <div className="grid gap-4">
          <Card title="What you get">
            <DefinitionList
              items={[
                { term: "System", value: `${os.family === "debian" ? "Debian" : "Ubuntu"} ${os.version}` },
                {
                  term: "Size",
                  value: `${count(defaults.cores, "core")}, ${mib(defaults.memoryMib)} memory, ${defaults.swapMib === 0 ? "no swap" : `${mib(defaults.swapMib)} swap`}, ${defaults.diskGib} GiB disk`,
                },
                {
                  term: "Rights",
                  value: `${defaults.unprivileged ? "Unprivileged" : "Privileged"}${defaults.nesting ? ", nesting" : ""}`,
                },
                {
                  term: "Ports",
                  value:
                    ports.length === 0
                      ? "none"
                      : ports.map((port) => (
                          <span key={`${port.name}${port.port}`} className="block">
                            {port.name}{" "}
                            <Mono>
                              :{port.port}
                              {port.path ?? ""}
                            </Mono>{" "}
                            <span className="text-muted">{port.kind}</span>
                          </span>
                        )),
                },
                {
                  term: "Time",
                  value: `about ${about(estimate.seconds)}${estimate.downloadMib > 0 ? `, ${estimate.downloadMib} MiB to download` : ""}`,
                },
                {
                  term: "Used by",
                  value: containerCount === 0 ? "no container yet" : count(containerCount, "container"),
                },
                ...(tags.length > 0
                  ? [
                      {
                        term: "Tags",
                        value: (
                          <span className="flex flex-wrap gap-1">
                            {tags.map((tag) => (
                              <Badge key={tag}>{tag}</Badge>
                            ))}
                          </span>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </Card>
          <Card title="Revisions" hint="A container keeps the revision it was made from.">
            <ol className="grid gap-2 text-table">
              {revisions.map((one) => (
                <li key={one.revision} className="flex items-baseline gap-2">
                  <span className="font-medium">{one.revision}</span>
                  {one.revision === revision && <Badge tone="accent">current</Badge>}
                  <Mono className="text-meta text-muted">{one.hash.slice(0, 10)}</Mono>
                  <RelativeTime at={one.createdAt} className="ml-auto text-meta text-muted" />
                </li>
              ))}
            </ol>
          </Card>
        </div>
      </div>
    </>
  );
}
