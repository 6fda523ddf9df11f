// The time, ticking; undefined until the page is alive, so that server and browser first draw the same.
import { useSyncExternalStore } from "react";

const subscribers = new Map<number, { listeners: Set<() => void>; timer: ReturnType<typeof setInterval>; now: number }>();

/** Ticks at most every `everyMs`; all users of one interval tick together. */
export function useNow(everyMs = 1_000): Date | undefined {
  const now = useSyncExternalStore(
    (listener) => subscribe(everyMs, listener),
    () => subscribers.get(everyMs)?.now ?? Math.floor(Date.now() / everyMs) * everyMs,
    () => undefined,
  );
  return now === undefined ? undefined : new Date(now);
}

function subscribe(everyMs: number, listener: () => void): () => void {
  const clock = subscribers.get(everyMs) ?? startClock(everyMs);
  clock.listeners.add(listener);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    clearInterval(clock.timer);
    subscribers.delete(everyMs);
  };
}

function startClock(everyMs: number) {
  const listeners = new Set<() => void>();
  const clock = {
    listeners,
    now: Date.now(),
    timer: setInterval(() => {
      clock.now = Date.now();
      for (const listener of listeners) listener();
    }, everyMs),
  };
  subscribers.set(everyMs, clock);
  return clock;
}
