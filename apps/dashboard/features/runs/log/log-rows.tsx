"use client";
// The lines of a log that are in view, drawn by a virtual list so that a hundred thousand cost what fifty do.
import { cn } from "@homeport/ui/cn";
import { memo } from "react";
import { parseAnsi, type AnsiColor, type AnsiStyle } from "./ansi";
import { highlightMatches } from "./find-in-log";
import type { LogLine } from "./log-line";

const colorClass: Record<AnsiColor, string> = {
  black: "text-muted",
  red: "text-bad",
  green: "text-good",
  yellow: "text-wait",
  blue: "text-accent",
  magenta: "text-ansi-magenta",
  cyan: "text-ansi-cyan",
  white: "text-text",
};

interface RowProps {
  line: LogLine;
  timestamps: boolean;
  wrap: boolean;
  search: string;
  /** The one that next and previous stand on. */
  current: boolean;
  found: boolean;
}

export const LogRow = memo(function LogRow({ line, timestamps, wrap, search, current, found }: RowProps) {
  if (line.kind === "attempt")
    return (
      <div className="flex h-5 items-center gap-2 px-3 text-meta text-muted before:h-px before:w-4 before:bg-line after:h-px after:flex-1 after:bg-line">
        {line.text}
      </div>
    );
  return (
    <div
      className={cn(
        "flex gap-3 px-3 leading-5",
        found && "bg-wait-soft/50",
        current && "bg-wait-soft",
        line.stream === "homeport" && "text-muted",
        wrap ? "whitespace-pre-wrap break-all" : "w-max min-w-full whitespace-pre",
      )}
    >
      <span aria-hidden className="sticky left-0 w-10 shrink-0 text-right text-muted tabular-nums select-none">
        {line.number + 1}
      </span>
      {timestamps && (
        <time dateTime={line.at.toISOString()} className="shrink-0 text-muted select-none">
          {clock.format(line.at)}
        </time>
      )}
      <span className="min-w-0">
        {parseAnsi(line.text).map((span, index) => (
          <span key={index} className={styleClass(span.style)}>
            {search === ""
              ? span.text
              : highlightMatches(span.text, search).map((part, at) =>
                  part.found ? (
                    <mark key={at} className="rounded-[2px] bg-wait text-bg">
                      {part.text}
                    </mark>
                  ) : (
                    part.text
                  ),
                )}
          </span>
        ))}
      </span>
    </div>
  );
});

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

const styleClass = ({ color, bold, dim, italic, underline }: AnsiStyle): string | undefined =>
  cn(
    color && colorClass[color],
    bold && "font-semibold",
    dim && "opacity-70",
    italic && "italic",
    underline && "underline",
  ) || undefined;
