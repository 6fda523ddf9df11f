// One stream for all who watch: opened anew, with everybody's cursor, when what is watched changes or the connection breaks.
import type { LiveEvent, LiveTopic } from "@homeport/api";
import { MAX_TOPICS, type ConnectionState, type Listener, type Live, type LiveMessage } from "./protocol";

/** Subscriptions of a page that is being drawn come one after the other: they are opened together. */
const GATHER_MS = 30;
/** What nobody watches any more goes with the next opening, at the latest after this time. */
const LINGER_MS = 3_000;
/** A change of what is watched is no break: it is shown as one only when the new stream does not come. */
const SLOW_MS = 2_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 10_000;

export interface StreamHandlers {
  onEvent: (event: LiveEvent) => void;
  onState: (state: ConnectionState["state"]) => void;
  /** The stream is over without being closed. `ended`: the session is, so that opening it again is no use. */
  onEnd: (ended: boolean) => void;
}
/** Opens the stream; answers what closes it. */
export type OpenStream = (topics: LiveTopic[], handlers: StreamHandlers) => () => void;

interface Entry {
  topic: LiveTopic;
  listeners: Set<Listener>;
  /** For those who join a topic without cursor: that something changed, whatever it was. */
  last?: LiveMessage;
  refused: boolean;
}

type OwnTopic = Extract<LiveTopic, { path: "runs.watch" | "containers.changes" }>;
/** What is read from where each reader is; a topic without a cursor is the same for all. */
const hasCursor = (topic: LiveTopic): topic is OwnTopic =>
  topic.path === "runs.watch" || topic.path === "containers.changes";
/** One list in one project. */
function sameList(a: LiveTopic, b: LiveTopic): boolean {
  return a.path === b.path && projectOf(a) === projectOf(b);
}
const projectOf = (topic: LiveTopic): string | undefined => ("projectId" in topic ? topic.projectId : undefined);

export function createHub(openStream: OpenStream): Live {
  // In the order of their beginning: above the limit the newest are served.
  const entries = new Set<Entry>();
  let served: readonly Entry[] = [];
  let close: (() => void) | undefined;
  let timer: { handle: ReturnType<typeof setTimeout>; at: number } | undefined;
  let state: ConnectionState["state"] = "connecting";
  let slow: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const notifyAll = (message: LiveMessage): void => {
    for (const entry of [...entries])
      if (!entry.refused) for (const listener of [...entry.listeners]) listener(message);
  };
  const setState = (next: ConnectionState["state"]): void => {
    if (state === next) return;
    state = next;
    notifyAll({ type: "state", state });
  };
  /** The stream is brought in line with what is watched, this late at the latest. */
  const due = (inMs: number): void => {
    const at = Date.now() + inMs;
    if (timer && timer.at <= at) return;
    clearTimeout(timer?.handle);
    timer = { at, handle: setTimeout(open, inMs) };
  };
  const shut = (): void => {
    close?.();
    close = undefined;
    clearTimeout(slow);
    clearTimeout(timer?.handle);
    timer = undefined;
  };
  const refuse = (entry: Entry, message: LiveMessage): void => {
    entry.refused = true;
    for (const listener of [...entry.listeners]) listener(message);
  };

  const open = (): void => {
    shut();
    if (ended) return;
    const live = [...entries].filter(({ refused }) => !refused);
    for (const entry of live.slice(0, -MAX_TOPICS))
      refuse(entry, {
        type: "refused",
        code: "TOO_MANY_REQUESTS",
        message: "Too much is watched at once. Close some of the pages that are visible.",
      });
    served = live.slice(-MAX_TOPICS);
    if (served.length === 0) {
      state = "connecting";
      return;
    }
    const mine = served;
    // A stream that was closed may still deliver what was on its way.
    const ours = (): boolean => served === mine;
    let started = false;
    slow = setTimeout(() => {
      setState("connecting");
    }, SLOW_MS);
    close = openStream(
      mine.map(({ topic }) => topic),
      {
        onEvent(event) {
          if (ours()) deliver(mine[event.at], event);
        },
        onState(next) {
          if (!ours() || (next === "connecting" && !started)) return;
          started = true;
          clearTimeout(slow);
          setState(next);
        },
        onEnd(over) {
          if (!ours()) return;
          shut();
          setState("connecting");
          if (over) end();
          else due(Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** failures++));
        },
      },
    );
  };
  const deliver = (entry: Entry | undefined, { at: _at, ...event }: LiveEvent): void => {
    if (entry === undefined) return;
    failures = 0;
    setState("pending");
    if (event.type === "refused") {
      refuse(entry, event);
      return;
    }
    if (hasCursor(entry.topic))
      entry.topic = { ...entry.topic, ...(event.id === undefined ? {} : { after: event.id }) };
    else entry.last = { type: "data", data: { at: (event.data as { at: Date }).at } }; // a tick, of whatever list
    for (const listener of [...entry.listeners]) listener(event);
  };
  const end = (): void => {
    ended = true;
    served = [];
    shut();
    notifyAll({ type: "ended" });
  };

  return {
    subscribe(topic, listener) {
      let entry = hasCursor(topic) ? undefined : [...entries].find((one) => sameList(one.topic, topic) && !one.refused);
      const joins = entry !== undefined && served.includes(entry);
      if (entry === undefined) entries.add((entry = { topic, listeners: new Set(), refused: false }));
      const own: Listener = (message) => {
        listener(message);
      };
      entry.listeners.add(own);
      own(ended ? { type: "ended" } : { type: "state", state });
      if (joins && entry.last) own(entry.last);
      else if (!joins) due(GATHER_MS);
      const mine = entry;
      return () => {
        mine.listeners.delete(own);
        if (mine.listeners.size > 0) return;
        entries.delete(mine);
        due(entries.size === 0 ? GATHER_MS : LINGER_MS);
      };
    },
    resume() {
      if (!ended) return;
      ended = false;
      failures = 0;
      due(0);
    },
    stop: end,
  };
}
