"use client";
// "3 min ago", kept true while one looks; the exact time on hover.
import { useEffect, useState } from "react";

const units: [Intl.RelativeTimeFormatUnit, number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];

export function relativeTime(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 5) return "just now";
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

export function RelativeTime({ at, className }: { at: Date; className?: string }) {
  const [now, setNow] = useState<Date>();
  useEffect(() => {
    const tick = (): void => { setNow(new Date()); };
    tick();
    const timer = setInterval(tick, 10_000);
    return () => { clearInterval(timer); };
  }, []);
  // The server's clock and locale are not the reader's: until the page is live only the date is shown.
  return <time dateTime={at.toISOString()} title={now ? at.toLocaleString() : undefined} className={className}>{now ? relativeTime(at, now) : at.toISOString().slice(0, 10)}</time>;
}
