// The browser's way to the API: mutations one by one (they set cookies), queries together, subscriptions where the caller sends them.
import type { AppRouter } from "@homeport/api";
import { setClock } from "@homeport/ui/clock";
import { httpBatchLink, httpLink, splitLink, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import superjson from "superjson";
import { plainFetch } from "./plain-fetch";
import { recentSignIn } from "./recent-sign-in";
import { createServerClock, learningFetch } from "./server-clock";
import { trpc } from "./trpc";

const url = "/api/trpc";
/** The server refuses larger batches: @homeport/api's MAX_BATCH_SIZE. */
const MAX_ITEMS = 20;

const clock = createServerClock();

/** The page was asked for when its document began to load. */
export function beginClock(serverAt: number): void {
  const receivedAt = Date.now();
  clock.learn({ sentAt: receivedAt - performance.now(), receivedAt, serverAt });
  setClock(clock.now);
}

interface ClientOptions {
  headers: Record<string, string>;
  links: TRPCLink<AppRouter>[];
  subscriptions?: TRPCLink<AppRouter>[] | undefined;
}

export function createClient({ headers, links, subscriptions = [] }: ClientOptions) {
  const http = { url, headers, transformer: superjson, fetch: learningFetch(clock, plainFetch) };
  return trpc.createClient({
    links: [
      ...links,
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: subscriptions,
        false: splitLink({
          condition: ({ type }) => type === "mutation",
          true: [recentSignIn(), httpLink(http)],
          false: httpBatchLink({ ...http, maxItems: MAX_ITEMS }),
        }),
      }),
    ],
  });
}

/** A wrong password is refused with the same code: what is about signing in says nothing of the session. */
export function noticeEnd(onEnded: () => void): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) =>
        next(op).subscribe({
          next: (value) => {
            observer.next(value);
          },
          error: (error) => {
            if (error.data?.appCode === "unauthenticated" && !op.path.startsWith("auth.")) onEnded();
            observer.error(error);
          },
          complete: () => {
            observer.complete();
          },
        }),
      );
}
