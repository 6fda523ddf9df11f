// One LISTEN connection per process that wakes whoever waits for rows, and tells them to read again after it was lost.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const WAKE_CHANNEL = "homeport";
const topics = ["run", "log", "container", "node", "guests", "account"] as const;

/** `again`: messages may have been missed; read everything anew. */
export type WakeEvent = { topic: (typeof topics)[number]; id: string } | { topic: "again" };

/** The ids of one topic in a batch; none of them for "again", which may be about anything. */
export function idsOf(batch: readonly WakeEvent[], topic: (typeof topics)[number]): string[] {
  return batch.flatMap((event) => (event.topic === topic ? [event.id] : []));
}

export interface Wake {
  /** Answers what ends the subscription. */
  subscribe(listener: (event: WakeEvent) => void): () => void;
}

export interface WakeConnection extends Wake {
  /** Settles once LISTEN is in force for the first time. */
  ready: Promise<void>;
  close(): Promise<void>;
}

const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 5_000;
/** A connection that died without a word (a suspended laptop, a firewall) is noticed this soon. */
const PROBE_EVERY_MS = 15_000;
const PROBE_TIMEOUT_MS = 5_000;

/** Listens on the database's channel until closed; a lost connection is made anew, for ever. */
export function createWake(connectionString: string): WakeConnection {
  const listeners = new Set<(event: WakeEvent) => void>();
  const emit = (event: WakeEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const stopped = new AbortController();
  let begin: () => void;
  const ready = new Promise<void>((resolve) => {
    begin = resolve;
  });

  const loop = async (): Promise<void> => {
    let retryMs = RETRY_MIN_MS;
    while (!stopped.signal.aborted) {
      const began = Date.now();
      await listenOnce(connectionString, {
        signal: stopped.signal,
        emit,
        onListening: () => {
          begin();
          emit({ topic: "again" });
        },
      }).catch(() => undefined);
      // A connection that held for a while was a good one: its loss says nothing about the next.
      retryMs = Date.now() - began > RETRY_MAX_MS ? RETRY_MIN_MS : Math.min(RETRY_MAX_MS, retryMs * 2);
      await pause(retryMs, stopped.signal);
    }
  };
  const running = loop();

  return {
    ready,
    subscribe(listener) {
      // Each subscription is its own, even with a function that was given before.
      const mine = (event: WakeEvent): void => {
        listener(event);
      };
      listeners.add(mine);
      return () => {
        listeners.delete(mine);
      };
    },
    async close() {
      stopped.abort();
      await running;
    },
  };
}

interface ListenOptions {
  signal: AbortSignal;
  emit: (event: WakeEvent) => void;
  onListening: () => void;
}

/** Listens until the connection is lost or `signal` ends it. */
async function listenOnce(connectionString: string, { signal, emit, onListening }: ListenOptions): Promise<void> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
    keepAlive: true,
    application_name: "homeport wake",
  });
  let end = (): void => undefined;
  const lost = new Promise<void>((resolve) => {
    end = resolve;
  });
  // Each of them: one that nobody listens to ends the process, and a connection that breaks may say so more than once.
  client.on("error", end);
  client.once("end", end);
  signal.addEventListener("abort", end, { once: true });
  client.on("notification", ({ payload = "" }) => {
    const event = parse(payload);
    if (event) emit(event);
  });
  let probe: NodeJS.Timeout | undefined;
  try {
    await client.connect();
    await client.query(`LISTEN ${WAKE_CHANNEL}`);
    onListening();
    const failed = new Promise<void>((resolve) => {
      probe = setInterval(() => {
        client.query("SELECT 1").catch(() => {
          resolve();
        });
      }, PROBE_EVERY_MS);
    });
    await Promise.race([lost, failed]);
  } finally {
    clearInterval(probe);
    // The signal lives as long as the process: every lost connection would leave its listener there.
    signal.removeEventListener("abort", end);
    await Promise.race([client.end().catch(() => undefined), pause(1_000, signal)]);
  }
}

function parse(payload: string): WakeEvent | undefined {
  const colon = payload.indexOf(":");
  const topic = topics.find((one) => one === payload.slice(0, colon));
  return topic && { topic, id: payload.slice(colon + 1) };
}

/** Sooner when `signal` ends it. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}
