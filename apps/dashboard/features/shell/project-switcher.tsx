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
import { Skeleton } from "@homeport/ui/skeleton";
import { ChevronsUpDown, FolderKanban } from "lucide-react";
import { trpc } from "@/lib/trpc";

const STALE_MS = 300_000;

export function ProjectSwitcher({ narrow }: { narrow: boolean }) {
  const { data, isError } = trpc.organizations.current.useQuery(undefined, { staleTime: STALE_MS });
  const name = data?.project.name;
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
              {data ? (
                <span className="block truncate text-table">{data.project.name}</span>
              ) : isError ? (
                <span className="block text-table text-muted">Project unknown</span>
              ) : (
                <Skeleton className="h-4 w-24" />
              )}
              {data && <span className="block truncate text-meta text-muted">{data.organization.name}</span>}
            </span>
            <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        <DropdownMenuLabel>
          {data ? `${data.organization.name}, as ${data.organization.role.toLowerCase()}` : "Project"}
        </DropdownMenuLabel>
        {data && (
          <DropdownMenuRadioGroup value={data.project.id}>
            <DropdownMenuRadioItem value={data.project.id}>
              <FolderKanban aria-hidden />
              {data.project.name}
            </DropdownMenuRadioItem>
          </DropdownMenuRadioGroup>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
