"use client";
// How long ago, kept true while one looks; the exact time on hover.
import { useSyncExternalStore } from "react";
import { clockNow } from "./clock";
import { cn } from "./cn";

export interface RelativeTimeProps {
  at: Date;
  className?: string;
}

export function RelativeTime({ at, className }: RelativeTimeProps) {
  const now = useNow();
  // It is drawn later than on the server, in another zone: a difference is no fault.
  return (
    <time
      suppressHydrationWarning
      dateTime={at.toISOString()}
      title={exact.format(at)}
      className={cn("whitespace-nowrap", className)}
    >
      {ago(at, now)}
    </time>
  );
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const TICK_MS = 1_000;
const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "just now", "12 seconds ago", "in 3 days". */
function ago(at: Date, nowMs: number): string {
  const seconds = Math.round((at.getTime() - nowMs) / 1_000);
  if (Math.abs(seconds) < 5) return "just now";
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  return relative.format(seconds, "second");
}

let nowMs = clockNow();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Milliseconds since the epoch, a second's resolution; one timer for the whole page. */
function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => (typeof window === "undefined" ? clockNow() : nowMs),
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Nobody looked for a while: the clock stood still.
  if (timer === undefined) nowMs = clockNow();
  timer ??= setInterval(() => {
    nowMs = clockNow();
    for (const one of listeners) one();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
