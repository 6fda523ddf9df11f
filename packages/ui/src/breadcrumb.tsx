// Where this page is, as a way back up.
import { ChevronRight } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { cn } from "./cn";

export interface BreadcrumbProps {
  /** From the top down; each a link but the last, which is the present page. */
  items: readonly ReactNode[];
}

export function Breadcrumb({ items }: BreadcrumbProps) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-table text-muted">
        {items.map((item, index) => (
          <Fragment key={index}>
            {index > 0 && (
              <li aria-hidden className="shrink-0">
                <ChevronRight className="size-3.5" />
              </li>
            )}
            <li
              className={cn("min-w-0 truncate", index === items.length - 1 ? "text-text" : "[&_a:hover]:text-text")}
              {...(index === items.length - 1 ? { "aria-current": "page" as const } : {})}
            >
              {item}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
