"use client";
// A command or a file, in mono, to be copied.
import { CopyButton } from "./copy-button";
import { cn } from "./cn";

export function CodeBlock({ text, label, className }: { text: string; label?: string; className?: string }) {
  return (
    <div className={cn("flex min-w-0 items-start gap-1 rounded-md border border-line bg-log py-1 pr-1 pl-3", className)}>
      <pre tabIndex={0} aria-label={label} className="min-w-0 flex-1 overflow-x-auto py-1 font-mono text-xs leading-5">{text}</pre>
      <CopyButton value={text} label={label === undefined ? "Copy" : `Copy ${label}`} />
    </div>
  );
}
