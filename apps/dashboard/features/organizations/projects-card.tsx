"use client";
// The projects of an organization that the person sees.
import type { OrganizationView } from "@homeport/api";
import { may } from "@homeport/domain/access/permission";
import { roleTitle } from "@homeport/domain/access/rank";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { EmptyState } from "@homeport/ui/empty-state";
import { FolderKanban, Plus } from "lucide-react";
import { Link } from "@/components/link";
import { projectHref } from "@/lib/project/address";
import { useProjects } from "@/lib/project/project-provider";

export function ProjectsCard({ organization: { id, slug, name, role } }: { organization: OrganizationView }) {
  const projects = useProjects().filter((project) => project.organization.id === id);
  const add = may(role, "organization:write") && (
    <Button asChild size="sm">
      <Link href={`/projects/new?organization=${encodeURIComponent(slug)}`}>
        <Plus aria-hidden />
        New project
      </Link>
    </Button>
  );
  if (projects.length === 0)
    return (
      <Card title="Projects">
        <EmptyState icon={<FolderKanban />} title="No project yet" actions={add}>
          {add
            ? "Containers are made in projects."
            : `You belong to no project of ${name} yet: whoever runs it adds you to one.`}
        </EmptyState>
      </Card>
    );
  return (
    <Card flush title="Projects" actions={add}>
      <ul>
        {projects.map((project) => (
          <li
            key={project.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-2.5 last:border-0"
          >
            <Link href={projectHref(project.slug, "/")} className="min-w-0 flex-1 basis-48 break-words hover:underline">
              {project.name}
            </Link>
            <span className="text-table text-muted">{roleTitle[project.role]}</span>
            <Link href={projectHref(project.slug, "/project")} className="text-table text-accent hover:underline">
              Settings<span className="sr-only"> of {project.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
