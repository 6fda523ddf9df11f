"use client";
// A moment as its reader's clock and calendar have it.
import { cn } from "@homeport/ui/cn";

const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export const momentText = (at: Date): string => format.format(at);

export function Moment({ at, className }: { at: Date; className?: string }) {
  // Drawn on the server it is in another zone: a difference is no fault.
  return (
    <time suppressHydrationWarning dateTime={at.toISOString()} className={cn("whitespace-nowrap", className)}>
      {momentText(at)}
    </time>
  );
}
