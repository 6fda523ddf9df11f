// The server's time, to the second; undefined until the page is alive, so that server and browser first draw the same.
import { clockNow } from "@homeport/ui/clock";
import { useSyncExternalStore } from "react";

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = new Date();

/** One timer for the whole page. */
export function useNow(): Date | undefined {
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => undefined,
  );
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    // What it was when the last one left is old by now; React looks again after subscribing.
    now = new Date(clockNow());
    timer = setInterval(tick, TICK_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick(): void {
  now = new Date(clockNow());
  for (const listener of listeners) listener();
}
