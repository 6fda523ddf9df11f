// Names and their values, to look one up.
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface DefinitionListProps {
  items: readonly { term: ReactNode; value: ReactNode }[];
  className?: string;
}

export function DefinitionList({ items, className }: DefinitionListProps) {
  return (
    <dl className={cn("grid grid-cols-[minmax(96px,max-content)_1fr] gap-x-6 gap-y-2 text-table", className)}>
      {items.map(({ term, value }, index) => (
        <div key={index} className="contents">
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
