// Nothing here yet: why, and what to do about it.
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** "h1" where this is the whole page. */
  heading?: "h1" | "h2";
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function EmptyState({ icon, title, heading: Heading = "h2", children, actions, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center px-4 py-12 text-center", className)}>
      {icon !== undefined && (
        <span aria-hidden className="mb-3 text-muted [&_svg]:size-6">
          {icon}
        </span>
      )}
      <Heading className="text-title font-semibold">{title}</Heading>
      {children !== undefined && <div className="mt-1 max-w-md text-body text-muted">{children}</div>}
      {actions !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
