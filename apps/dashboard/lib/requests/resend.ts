// A request whose answer was lost is sent again under its key until the truth is known: it is done once, however often it arrives.
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { stoppedBefore } from "../plain-fetch";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import type { AnyTRPCRouter } from "@trpc/server";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;
/** As long as somebody can be expected to wait in front of a spinner. */
const GIVE_UP_MS = 30_000;
export const UNKNOWN =
  "No answer came, so it is not known whether this was done. Try again when the connection is back: it is done only once.";

export interface LostNotice {
  lost(key: string): void;
  settled(key: string): void;
}

/** For mutations that carry a request key; others pass. */
export function resendLost<Router extends AnyTRPCRouter>(notice: LostNotice): TRPCLink<Router> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const key = op.type === "mutation" ? keyOf(op.input) : undefined;
        const began = Date.now();
        let waitMs = FIRST_WAIT_MS;
        let lost = false;
        let timer: ReturnType<typeof setTimeout> | undefined;
        let sending: Unsubscribable | undefined;
        const settle = (): void => {
          clearTimeout(timer);
          if (lost && key !== undefined) notice.settled(key);
          lost = false;
        };
        const send = (): void => {
          sending = next(op).subscribe({
            next(value) {
              settle();
              observer.next(value);
            },
            error(error) {
              if (key === undefined || !isLost(error) || op.signal?.aborted) {
                settle();
                observer.error(error);
              } else if (Date.now() - began + waitMs > GIVE_UP_MS) {
                settle();
                observer.error(new TRPCClientError(UNKNOWN, { cause: error }));
              } else {
                if (!lost) notice.lost(key);
                lost = true;
                timer = setTimeout(send, waitMs);
                waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
              }
            },
            complete() {
              observer.complete();
            },
          });
        };
        send();
        return () => {
          settle();
          sending?.unsubscribe();
        };
      });
}

function keyOf(input: unknown): string | undefined {
  const key = typeof input === "object" && input !== null && "requestKey" in input ? input.requestKey : undefined;
  return typeof key === "string" ? key : undefined;
}

/** Nothing of ours came back: the line broke, or something between answered in our place; not when that one did not pass the request on. */
function isLost({ data, cause }: { data?: unknown; cause?: unknown }): boolean {
  return (data === undefined || data === null) && !stoppedBefore(cause);
}
