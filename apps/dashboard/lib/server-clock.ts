// The server's time, learned from its answers: what it dates is never compared with the browser's own clock, which may be hours off.

/** The server's time somewhere between the browser's `sentAt` and `receivedAt`. Milliseconds since the epoch. */
interface TimeSample {
  sentAt: number;
  receivedAt: number;
  serverAt: number;
}

export interface ServerClock {
  now: () => number;
  learn: (sample: TimeSample) => void;
}

/** Named by the API on every answer: @homeport/api's TIME_HEADER. */
const TIME_HEADER = "x-homeport-time";
/** After this time a less exact sample is better than an old one: clocks drift, and are set. */
const OLD_MS = 300_000;

/** Before anything was learned it is `own`. */
export function createServerClock(own: () => number = Date.now): ServerClock {
  let best: { offsetMs: number; errorMs: number; at: number } | undefined;
  return {
    now: () => own() + (best?.offsetMs ?? 0),
    learn({ sentAt, receivedAt, serverAt }) {
      const [offsetMs, errorMs, at] = [serverAt - (sentAt + receivedAt) / 2, (receivedAt - sentAt) / 2, receivedAt];
      // Negative: the browser's clock was set back in between.
      if (!Number.isFinite(offsetMs) || errorMs < 0) return;
      const disagrees = best !== undefined && Math.abs(offsetMs - best.offsetMs) > errorMs + best.errorMs + 1;
      if (best === undefined || errorMs <= best.errorMs || disagrees || Math.abs(at - best.at) > OLD_MS)
        best = { offsetMs, errorMs, at };
    },
  };
}

/** A fetch that learns from each answer. */
export function learningFetch(clock: ServerClock, send: typeof fetch) {
  return async (input: RequestInfo | URL, init?: object): Promise<Response> => {
    const sentAt = Date.now();
    const answer = await send(input, init);
    const serverAt = Number(answer.headers.get(TIME_HEADER) ?? Number.NaN);
    if (serverAt > 0) clock.learn({ sentAt, receivedAt: Date.now(), serverAt });
    return answer;
  };
}
