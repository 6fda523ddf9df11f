// The stream itself: one tRPC subscription over an EventSource, in the shared worker or in a tab.
import type { AppRouter } from "@homeport/api";
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import superjson from "superjson";
import type { OpenStream } from "./hub";

/** `person`: whose pages these are. When somebody else is signed in, or nobody, the stream ends for good. */
export function streamOf(person: string): OpenStream {
  const url = "/api/trpc";
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({ url, transformer: superjson }),
        false: httpLink({ url, transformer: superjson }),
      }),
    ],
  });
  /** An EventSource does not know why it was refused: who is signed in is asked for. */
  const isOver = (): Promise<boolean> =>
    client.auth.me.query().then(
      (me) => me?.id !== person,
      () => false,
    );

  return (topics, { onEvent, onState, onEnd }) => {
    let closed = false;
    const over = (known: boolean): void => {
      if (closed) return;
      closed = true;
      subscription.unsubscribe();
      if (known) onEnd(true);
      else void isOver().then(onEnd);
    };
    const subscription = client.live.watch.subscribe(
      { person, topics },
      {
        onStarted: () => {
          onState("pending");
        },
        onConnectionStateChange: ({ state }) => {
          if (state === "connecting") onState("connecting");
        },
        onData: ({ data }) => {
          onEvent(data);
        },
        onError: (error) => {
          over(error.data?.appCode === "unauthenticated");
        },
        onComplete: () => {
          over(false);
        },
      },
    );
    return () => {
      closed = true;
      subscription.unsubscribe();
    };
  };
}
