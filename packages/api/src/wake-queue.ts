// Wake events for one reader: collected from the moment of subscription, handed over in batches.
import type { Wake, WakeEvent } from "./wake";

/**
 * From one batch to the next: a burst of changes (a poll of a node, a step's log) is read a few times, not once for each. What comes after a
 * quiet moment is handed over at once, with what came with it.
 */
const GATHER_MS = 40;

export interface WakeQueue {
  batches: AsyncGenerator<WakeEvent[], void, void>;
  /** Ends the subscription and the batches. */
  close(): void;
}

/**
 * Batches of events for which `wanted` is true, until closed or `signal` ends it. The subscription begins with the call,
 * so that what is read between it and the first batch misses nothing.
 */
export function openWakeQueue(
  wake: Wake,
  signal: AbortSignal | undefined,
  wanted: (event: WakeEvent) => boolean,
): WakeQueue {
  // By what they say, so that a reader who is slow holds no more than there are things to tell of.
  const pending = new Map<string, WakeEvent>();
  let closed = signal?.aborted ?? false;
  let ring: () => void = () => undefined;
  const unsubscribe = wake.subscribe((event) => {
    if (!wanted(event)) return;
    pending.set(event.topic === "again" ? "again" : `${event.topic}:${event.id}`, event);
    ring();
  });
  const close = (): void => {
    closed = true;
    unsubscribe();
    signal?.removeEventListener("abort", close);
    ring();
  };
  if (closed) close();
  else signal?.addEventListener("abort", close, { once: true });

  const batches = async function* (): AsyncGenerator<WakeEvent[], void, void> {
    let handedMs = -GATHER_MS;
    while (!closed) {
      if (pending.size === 0)
        await new Promise<void>((resolve) => {
          ring = resolve;
        });
      if (closed) return;
      const waitMs = Math.max(0, handedMs + GATHER_MS - performance.now());
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const batch = [...pending.values()];
      pending.clear();
      handedMs = performance.now();
      yield batch;
    }
  };
  return { batches: batches(), close };
}
