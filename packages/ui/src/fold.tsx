// What is rarely needed, one click away: a card that opens.
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface FoldProps {
  title: string;
  /** What is inside, in a few words, while it is closed and open. */
  about?: string;
  /** Given together with `onToggle`: the caller decides. Else it opens and closes by itself. */
  open?: boolean;
  onToggle?: () => void;
  children: ReactNode;
}

export function Fold({ title, about, open, onToggle, children }: FoldProps) {
  return (
    <details className="group rounded-md border bg-surface" open={open}>
      <summary
        onClick={
          onToggle &&
          ((event) => {
            event.preventDefault();
            onToggle();
          })
        }
        className="flex min-h-10 cursor-pointer list-none items-center gap-2 px-3 text-body font-medium"
      >
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        {title}
        {about !== undefined && <span className="truncate text-meta font-normal text-muted">{about}</span>}
      </summary>
      <div className="border-t">{children}</div>
    </details>
  );
}
