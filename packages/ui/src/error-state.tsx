"use client";
// What happened, what was not affected, what to do next; the raw text is one click away and can be copied.
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { CodeBlock } from "./code-block";

export interface ErrorStateProps {
  title: string;
  /** What happened, in a sentence. */
  children?: ReactNode;
  /** What was not affected. */
  unaffected?: ReactNode;
  raw?: string | undefined;
  onRetry?: (() => void) | undefined;
  retrying?: boolean;
  actions?: ReactNode;
  className?: string;
}

export function ErrorState({
  title,
  children,
  unaffected,
  raw,
  onRetry,
  retrying = false,
  actions,
  className,
}: ErrorStateProps) {
  return (
    <div role="alert" className={cn("rounded-md border border-bad/40 bg-surface p-4", className)}>
      <div className="flex gap-3">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
        <div className="min-w-0 flex-1">
          <h2 className="text-body font-semibold">{title}</h2>
          {children !== undefined && <div className="mt-1 break-words">{children}</div>}
          {unaffected !== undefined && <p className="mt-1 text-muted">{unaffected}</p>}
          {(onRetry !== undefined || actions !== undefined) && (
            <div className="mt-3 flex flex-wrap gap-2">
              {onRetry !== undefined && (
                <Button onClick={onRetry} pending={retrying}>
                  Try again
                </Button>
              )}
              {actions}
            </div>
          )}
          {raw !== undefined && raw !== "" && (
            <details className="mt-3">
              <summary className="cursor-pointer text-meta text-muted">Raw text</summary>
              <CodeBlock className="mt-2" text={raw} copyLabel="Copy the raw text" />
            </details>
          )}
        </div>
      </div>
    </div>
  );
}
