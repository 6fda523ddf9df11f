// Tabs that are links: each has its own address. `Link` is the router's.
import type { ComponentType, ReactNode } from "react";
import { cn } from "./cn";

interface LinkTabsProps {
  label: string;
  tabs: readonly { href: string; title: ReactNode; current: boolean }[];
  Link: ComponentType<{ href: string; className?: string; "aria-current"?: "page" | undefined; children: ReactNode }>;
}

export function LinkTabs({ label, tabs, Link }: LinkTabsProps) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map(({ href, title, current }) => (
        <Link key={href} href={href} aria-current={current ? "page" : undefined} className={cn("-mb-px border-b-2 px-3 py-2 text-sm whitespace-nowrap", current ? "border-accent font-medium text-fg" : "border-transparent text-fg-muted hover:text-fg")}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
