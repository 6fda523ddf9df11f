"use client";
// In which project one is: the others, a new one, and what this one is called.
import type { ProjectView } from "@homeport/api";
import { roleTitle } from "@homeport/domain/access/rank";
import { cn } from "@homeport/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@homeport/ui/dropdown-menu";
import { Building2, ChevronsUpDown, FolderKanban, Plus, Settings } from "lucide-react";
import { Link } from "@/components/link";
import { useGo, usePagePath, useProjectIfAny, useProjects } from "@/lib/project/project-provider";
import { projectHref } from "@/lib/project/address";

/** Pages that every project has; a page of one thing stays behind. */
const everywhere: readonly string[] = ["/", "/runs", "/batches", "/project"];

export function ProjectSwitcher({ narrow }: { narrow: boolean }) {
  const project = useProjectIfAny();
  const organizations = byOrganization(useProjects());
  const go = useGo();
  const path = usePagePath();
  const name = project?.name;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        {...(narrow ? { "aria-label": name === undefined ? "Project" : `Project ${name}` } : {})}
        className={cn(
          "flex h-10 w-full items-center gap-2.5 rounded-md px-2.5 text-left hover:bg-hover",
          narrow && "justify-center px-0",
        )}
      >
        <FolderKanban aria-hidden className="size-4 shrink-0 text-muted" />
        {!narrow && (
          <>
            <span className="sr-only">Project</span>
            <span className="min-w-0 flex-1">
              {project ? (
                <span className="block truncate text-table">{project.name}</span>
              ) : (
                <span className="block text-table text-muted">No project</span>
              )}
              {project && <span className="block truncate text-meta text-muted">{project.organization.name}</span>}
            </span>
            <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-h-[70dvh] w-64 overflow-y-auto">
        <DropdownMenuRadioGroup
          value={project?.slug ?? ""}
          onValueChange={(slug) => {
            go(projectHref(slug, everywhere.includes(path) ? path : "/"));
          }}
        >
          {organizations.map(([id, items]) => (
            <div key={id} role="group" aria-label={items[0]?.organization.name}>
              <DropdownMenuLabel className="truncate">{items[0]?.organization.name}</DropdownMenuLabel>
              {items.map(({ slug, name: title, role }) => (
                <DropdownMenuRadioItem key={slug} value={slug}>
                  <FolderKanban aria-hidden />
                  <span className="min-w-0 flex-1 truncate">{title}</span>
                  <span className="text-meta text-muted">{roleTitle[role]}</span>
                </DropdownMenuRadioItem>
              ))}
            </div>
          ))}
        </DropdownMenuRadioGroup>
        {organizations.length > 0 && <DropdownMenuSeparator />}
        <DropdownMenuItem asChild>
          <Link href="/projects/new">
            <Plus aria-hidden />
            New project
          </Link>
        </DropdownMenuItem>
        {project && (
          <DropdownMenuItem asChild>
            <Link href="/project">
              <Settings aria-hidden />
              Settings of this project
            </Link>
          </DropdownMenuItem>
        )}
        <DropdownMenuItem asChild>
          <Link href="/organizations">
            <Building2 aria-hidden />
            Organizations
          </Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** In the order of their oldest projects. */
function byOrganization(projects: readonly ProjectView[]): [string, ProjectView[]][] {
  const groups = new Map<string, ProjectView[]>();
  for (const project of projects) {
    const { id } = project.organization;
    groups.set(id, [...(groups.get(id) ?? []), project]);
  }
  return [...groups];
}
