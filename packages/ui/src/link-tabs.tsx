// Tabs that are links: each has its address, so that Back and a shared link work.
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface LinkTabsProps {
  label: string;
  children: ReactNode;
  className?: string;
}

/** Its children are links, each with `linkTabStyle(active)` and `aria-current="page"` when active. */
export function LinkTabs({ label, children, className }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={cn("flex gap-1 overflow-x-auto border-b", className)}>
      {children}
    </nav>
  );
}

export function linkTabStyle(active: boolean): string {
  return cn(
    "-mb-px flex h-9 items-center gap-1.5 border-b-2 px-3 text-body whitespace-nowrap focus-visible:-outline-offset-2",
    active ? "border-accent font-medium text-text" : "border-transparent text-muted hover:text-text",
  );
}
