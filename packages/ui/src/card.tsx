// A surface with a hairline: a group of things that belong together.
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export interface CardProps extends Omit<ComponentProps<"section">, "title"> {
  title?: ReactNode;
  /** Under the title. */
  hint?: ReactNode;
  /** To the right of the title. */
  actions?: ReactNode;
  /** For content that has its own padding, such as a table. */
  flush?: boolean;
}

export function Card({ title, hint, actions, flush = false, className, children, ...rest }: CardProps) {
  const headed = title !== undefined || actions !== undefined;
  return (
    <section className={cn("min-w-0 rounded-md border bg-surface", className)} {...rest}>
      {headed && (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
          <div className="min-w-0 flex-1">
            {title !== undefined && <h2 className="text-body font-semibold">{title}</h2>}
            {hint !== undefined && <p className="text-meta text-muted">{hint}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={cn(!flush && "p-4")}>{children}</div>
    </section>
  );
}
