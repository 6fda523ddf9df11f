// Subscriptions by way of the stream that all tabs share.
import type { AppRouter, LiveTopic } from "@homeport/api";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { createHub } from "./hub";
import type { Live } from "./protocol";
import { createShared, type StreamPort } from "./shared";
import { streamOf } from "./stream";

/** A shared worker where browsers have one (all but some on phones, which show one tab at a time); it needs no secure context, as Web Locks do. */
export function createLive(person: string): Live {
  const alone = (): Live => createHub(streamOf(person));
  const connect = (onBroken: () => void): StreamPort | undefined => {
    if (typeof SharedWorker === "undefined") return undefined;
    const worker = new SharedWorker(new URL("./worker.ts", import.meta.url), { name: person });
    worker.onerror = onBroken;
    return worker.port;
  };
  return createShared({ connect, alone });
}

/**
 * The last link, of subscriptions only. Their paths are those of `LiveTopic`: the server parses them. When the session
 * ends they stay, and go on where they were once the person has signed in again.
 */
export function liveLink({ live, onEnded }: { live: Live; onEnded: () => void }): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const { lastEventId, ...input } = (op.input ?? {}) as { lastEventId?: string };
        const topic = {
          path: op.path,
          ...input,
          ...(lastEventId === undefined ? {} : { after: lastEventId }),
        } as LiveTopic;
        return live.subscribe(topic, (message) => {
          switch (message.type) {
            case "data":
              // tRPC's own link gives an event with an id in this shape.
              observer.next({
                result:
                  message.id === undefined
                    ? { data: message.data }
                    : { id: message.id, data: { id: message.id, data: message.data } },
              });
              break;
            case "state":
              observer.next({
                result:
                  message.state === "pending"
                    ? { type: "started" }
                    : { type: "state", state: "connecting", error: null },
              });
              break;
            case "refused":
              observer.error(new TRPCClientError(message.message));
              break;
            case "ended":
              observer.next({ result: { type: "state", state: "connecting", error: null } });
              onEnded();
          }
        });
      });
}
