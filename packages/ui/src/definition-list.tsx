// Names and values, side by side.
import type { ReactNode } from "react";
import { cn } from "./cn";

export function DefinitionList({ items, className }: { items: readonly { name: ReactNode; value: ReactNode }[]; className?: string }) {
  return (
    <dl className={cn("grid grid-cols-[minmax(96px,auto)_1fr] gap-x-4 gap-y-2 text-sm", className)}>
      {items.map(({ name, value }, index) => (
        <div key={index} className="contents">
          <dt className="text-fg-muted">{name}</dt>
          <dd className="min-w-0 wrap-break-word">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
