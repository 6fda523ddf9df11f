"use client";
// The text of a file or a script as it will be added: folded, each line with its sign, to copy in one click.
import { CodeBlock } from "@homeport/ui/code-block";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  /** Beside the title. */
  facts: string;
  text: string;
  /** Of a file: every line is a new one. A script is only read. */
  added?: boolean;
  hint?: string;
}

export function PlanText({ title, facts, text, added = false, hint }: Props) {
  const lines = text.replace(/\n$/, "").split("\n");
  return (
    <details className="group min-w-0">
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-sm text-table max-sm:flex-wrap">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90" />
        <span className="min-w-0 break-all">{title}</span>
        <span className="text-meta text-muted">{facts}</span>
      </summary>
      {hint !== undefined && <p className="mb-1 pl-5 text-meta text-muted">{hint}</p>}
      <CodeBlock text={text} wrap={false} className="mb-2 ml-5">
        {added
          ? lines.map((line, index) => (
              <span key={index} className="block w-max min-w-full bg-good-soft"><span aria-hidden className="mr-2 text-good select-none">+</span>{line}{"\n"}</span>
            ))
          : text}
      </CodeBlock>
    </details>
  );
}
