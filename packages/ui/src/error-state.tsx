"use client";
// What went wrong, what to do next, and the raw text one click away.
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";

interface ErrorStateProps {
  title: ReactNode;
  children?: ReactNode;
  raw?: string | undefined;
  onRetry?: (() => void) | undefined;
  action?: ReactNode;
}

export function ErrorState({ title, children, raw, onRetry, action }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-md border border-line bg-raised p-4">
      <div className="flex items-start gap-2.5">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
        <div className="min-w-0">
          <p className="text-sm font-semibold">{title}</p>
          {children !== undefined && <div className="text-sm text-fg-muted">{children}</div>}
        </div>
      </div>
      {(onRetry !== undefined || action !== undefined) && (
        <div className="flex flex-wrap gap-2">
          {onRetry && <Button size="sm" onClick={onRetry}>Try again</Button>}
          {action}
        </div>
      )}
      {raw !== undefined && (
        <details className="text-xs">
          <summary className="cursor-pointer text-fg-muted">Details</summary>
          <div className="mt-2 flex items-start gap-2"><pre className="min-w-0 flex-1 overflow-x-auto font-mono whitespace-pre-wrap">{raw}</pre><CopyButton value={raw} label="Copy the details" /></div>
        </details>
      )}
    </div>
  );
}
