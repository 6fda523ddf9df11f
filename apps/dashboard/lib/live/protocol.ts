// What a tab and the stream that all tabs share send each other.
import type { LiveEvent, LiveTopic } from "@homeport/api";

/** The server refuses more: @homeport/api's MAX_LIVE_TOPICS. */
export const MAX_TOPICS = 32;

type Sent<T> = T extends { at: number } ? Omit<T, "at"> : never;

/** What a subscription hears: events of its topic, its refusal, how the connection is, or that the session has ended. */
export type LiveMessage = Sent<LiveEvent> | ConnectionState | { type: "ended" };
export interface ConnectionState {
  type: "state";
  state: "connecting" | "pending";
}
export type Listener = (message: LiveMessage) => void;

/** Something that topics can be subscribed to: the shared stream, or this tab's own. */
export interface Live {
  /** Answers what ends the subscription. */
  subscribe(topic: LiveTopic, listener: Listener): () => void;
  /** After signing in again: the stream is opened anew. */
  resume(): void;
  /** At sign-out: nothing is sent any more, to any tab. */
  stop(): void;
}

export type ToStream =
  | { type: "subscribe"; id: number; topic: LiveTopic }
  | { type: "unsubscribe"; id: number }
  /** `ids`: what this tab believes to be subscribed to. */
  | { type: "ping"; ids: number[] }
  | { type: "resume" }
  | { type: "stop" };

export type ToTab =
  | { type: "message"; id: number; message: LiveMessage }
  /** `unknown`: subscriptions that the stream does not have (any more). */
  | { type: "pong"; unknown: number[] };
