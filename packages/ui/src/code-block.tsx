"use client";
// A command, a file, a raw message: mono, scrolling inside itself, to copy in one click.
import type { ReactNode } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

export interface CodeBlockProps {
  text: string;
  /** The text drawn with colours, where the caller has them. */
  children?: ReactNode;
  copyLabel?: string;
  wrap?: boolean;
  className?: string;
}

export function CodeBlock({ text, children, copyLabel = "Copy", wrap = true, className }: CodeBlockProps) {
  return (
    <div className={cn("relative min-w-0 rounded-md border bg-sunken", className)}>
      <CopyButton value={text} label={copyLabel} className="absolute top-1 right-1" />
      {/* Focusable, as what scrolls has to be reachable by keyboard. */}
      <pre
        tabIndex={0}
        className={cn("max-h-96 overflow-auto py-2 pr-10 pl-3 text-meta", wrap && "break-words whitespace-pre-wrap")}
      >
        {children ?? text}
      </pre>
    </div>
  );
}
