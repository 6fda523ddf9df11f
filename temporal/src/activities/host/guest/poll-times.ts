// When a task is asked about: each question costs the node one, and what is learnt late is waited for by a person.
import type { Pace } from "../deps";

/** However long tasks of this kind take, one may fail at once. */
const MOST_BLIND_MS = 2_000;
/** How many of the last ones are thought of. */
const LAST = 3;

/**
 * How long to wait until the next question, of a task that has lasted for `lastedMs`. `usualMs`: what the shortest of the last ones took. Not
 * before it may be over; then more closely for half of that time; after that, and while nothing is known, after a quarter of what it has lasted.
 */
export function untilAskedMs(
  lastedMs: number,
  {
    usualMs,
    pace: { pollFirstMs, pollMostMs },
  }: { usualMs: number | undefined; pace: Pick<Pace, "pollFirstMs" | "pollMostMs"> },
): number {
  // A little early, so that what takes less time than it used to is learnt.
  const early = (usualMs ?? 0) * 0.9;
  if (lastedMs < early) return Math.min(Math.max(early - lastedMs, pollFirstMs), MOST_BLIND_MS);
  if (usualMs !== undefined && lastedMs < usualMs * 1.5)
    return Math.min(Math.max(usualMs / 16, pollFirstMs / 2), pollMostMs);
  return Math.min(Math.max(lastedMs / 4, pollFirstMs), pollMostMs);
}

/** What tasks took that ended well, by their type. */
export function createUsual() {
  const last = new Map<string, number[]>();
  return {
    of(type: string): number | undefined {
      const known = last.get(type);
      return known === undefined ? undefined : Math.min(...known);
    },
    note(type: string, tookMs: number): void {
      last.set(type, [...(last.get(type) ?? []), tookMs].slice(-LAST));
    },
  };
}
