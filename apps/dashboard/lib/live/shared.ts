// This tab's subscriptions in the stream that all tabs share; while that one does not answer, in a stream of its own.
import type { LiveTopic } from "@homeport/api";
import type { Listener, Live, LiveMessage, ToStream, ToTab } from "./protocol";

const PING_MS = 5_000;
/** A shared stream that is silent for this long is gone (its process was ended), or stuck. */
const SILENT_MS = 12_000;

export interface StreamPort {
  postMessage(message: ToStream): void;
  onmessage: ((event: MessageEvent<ToTab>) => void) | null;
}

export interface SharedOptions {
  /** Finds the shared stream, or begins one; `onBroken` when it cannot be loaded. Undefined where browsers have none. */
  connect: (onBroken: () => void) => StreamPort | undefined;
  /** A stream of this tab alone. */
  alone: () => Live;
}

interface Subscription {
  topic: LiveTopic;
  listener: Listener;
  /** Ends it in this tab's own stream. */
  end?: () => void;
}

export function createShared({ connect, alone }: SharedOptions): Live {
  const subscriptions = new Map<number, Subscription>();
  let lastId = 0;
  let port: StreamPort | undefined;
  let own: Live | undefined;
  let pinging: ReturnType<typeof setInterval> | undefined;
  let heardAt = 0;
  let begun = 0;

  const heard = (id: number, message: LiveMessage): void => {
    const subscription = subscriptions.get(id);
    if (subscription === undefined) return;
    const { topic } = subscription;
    // Only a topic with a cursor has events with ids.
    if (message.type === "data" && message.id !== undefined)
      subscription.topic = { ...topic, after: message.id } as LiveTopic;
    subscription.listener(message);
  };
  const begin = (id: number, subscription: Subscription): void => {
    if (own)
      subscription.end = own.subscribe(subscription.topic, (message) => {
        heard(id, message);
      });
    else port?.postMessage({ type: "subscribe", id, topic: subscription.topic });
  };
  const goAlone = (): void => {
    if (own) return;
    // Should it come back to life, it owes nothing to this tab.
    for (const id of subscriptions.keys()) port?.postMessage({ type: "unsubscribe", id });
    port = undefined;
    clearInterval(pinging);
    pinging = undefined;
    own = alone();
    for (const [id, subscription] of subscriptions) begin(id, subscription);
  };
  const join = (): void => {
    begun += 1;
    heardAt = Date.now();
    const mine = connect(() => {
      if (port === mine) goAlone();
    });
    port = mine;
    if (mine === undefined) {
      goAlone();
      return;
    }
    mine.onmessage = ({ data }) => {
      if (port !== mine) return;
      heardAt = Date.now();
      begun = 1;
      if (data.type === "message") heard(data.id, data.message);
      // It gave them up, as this tab was frozen for long: they go on where they were.
      else
        for (const id of data.unknown) {
          const subscription = subscriptions.get(id);
          if (subscription) begin(id, subscription);
        }
    };
    for (const [id, subscription] of subscriptions) begin(id, subscription);
  };
  let checkedAt = 0;
  const check = (): void => {
    const now = Date.now();
    // This tab itself stood still: what came meanwhile is only read now.
    const stoodStill = now - checkedAt > 2 * PING_MS;
    checkedAt = now;
    if (!stoodStill && now - heardAt > SILENT_MS) {
      if (begun > 1) goAlone();
      else join();
      return;
    }
    if (stoodStill) heardAt = now;
    port?.postMessage({ type: "ping", ids: [...subscriptions.keys()] });
  };

  return {
    subscribe(topic, listener) {
      const id = (lastId += 1);
      const subscription: Subscription = { topic, listener };
      if (port === undefined && own === undefined) join();
      if (own === undefined && pinging === undefined) {
        heardAt = checkedAt = Date.now();
        pinging = setInterval(check, PING_MS);
      }
      subscriptions.set(id, subscription);
      begin(id, subscription);
      return () => {
        subscriptions.delete(id);
        if (subscription.end) subscription.end();
        else port?.postMessage({ type: "unsubscribe", id });
        if (subscriptions.size > 0) return;
        clearInterval(pinging);
        pinging = undefined;
      };
    },
    resume() {
      if (own) own.resume();
      else port?.postMessage({ type: "resume" });
    },
    stop() {
      if (own) own.stop();
      else port?.postMessage({ type: "stop" });
    },
  };
}
