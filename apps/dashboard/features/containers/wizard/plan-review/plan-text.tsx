"use client";
// The text of a file or a script as it will be put: folded, to copy in one click; what is added with its sign.
import { CodeBlock } from "@homeport/ui/code-block";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  /** Beside the title. */
  facts: string;
  text: string;
  /** Of a new file: every line is added. A script is only read. */
  added?: boolean;
  hint?: string;
  /** Shown in place of the text. */
  children?: ReactNode;
}

export function PlanText({ title, facts, text, added = false, hint, children }: Props) {
  const lines = text.replace(/\n$/, "").split("\n");
  return (
    <details className="group min-w-0">
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-sm text-table max-sm:flex-wrap">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90" />
        <span className="min-w-0 break-all">{title}</span>
        <span className="text-meta text-muted">{facts}</span>
      </summary>
      {hint !== undefined && <p className="mb-1 pl-5 text-meta text-muted">{hint}</p>}
      {children ? (
        <div className="mb-2 ml-5 overflow-hidden rounded-md border">{children}</div>
      ) : (
        <CodeBlock text={text} wrap={false} className="mb-2 ml-5">
          {added
            ? lines.map((line, index) => (
                <span key={index} className="block w-max min-w-full bg-good-soft">
                  <span aria-hidden className="mr-2 text-good select-none">
                    +
                  </span>
                  {line}
                  {"\n"}
                </span>
              ))
            : text}
        </CodeBlock>
      )}
    </details>
  );
}
