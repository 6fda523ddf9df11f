"use client";
// In which project new containers are made.
import { cn } from "@homeport/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@homeport/ui/dropdown-menu";
import { ChevronsUpDown, FolderKanban } from "lucide-react";
import { useProjectIfAny } from "@/lib/project/project-provider";

export function ProjectSwitcher({ narrow }: { narrow: boolean }) {
  const project = useProjectIfAny();
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
      <DropdownMenuContent align="start" className="w-64">
        <DropdownMenuLabel>
          {project ? `${project.organization.name}, as ${project.role.toLowerCase()}` : "Project"}
        </DropdownMenuLabel>
        {project && (
          <DropdownMenuRadioGroup value={project.id}>
            <DropdownMenuRadioItem value={project.id}>
              <FolderKanban aria-hidden />
              {project.name}
            </DropdownMenuRadioItem>
          </DropdownMenuRadioGroup>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
