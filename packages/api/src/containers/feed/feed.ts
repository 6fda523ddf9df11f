// The containers of a project as they are now, read once for all who watch them; whose they are is asked for each of those.
import type { Db, Prisma } from "@homeport/db/client";
import type { Wake, WakeEvent } from "../../wake";
import { openWakeQueue } from "../../wake-queue";
import { readEntries, type Entry } from "./entries";

/** What no trigger announces (a state that has become too old, a template's title) is seen this soon. */
const WHOLE_EVERY_MS = 60_000;
/** Changes that come faster than this are read together. */
const CALM_MS = 250;
/** A reader that comes back at once (a reload, another page) finds what was read. */
const LINGER_MS = 10_000;

export interface FeedOf {
  db: Db;
  wake: Wake;
  clock: () => Date;
  /** Which containers the project has: the same for all who may read them. */
  mine: Prisma.ContainerWhereInput;
}

export interface Feed {
  /** By id; another map after each read. */
  entries: () => ReadonlyMap<string, Entry>;
  /** Settles at the next read that is not in `known`; rejects when reading failed, and the feed is over then. */
  next: (known: ReadonlyMap<string, Entry> | undefined, signal: AbortSignal | undefined) => Promise<void>;
  leave: () => void;
}

interface Shared extends Omit<Feed, "leave"> {
  readers: number;
  ending: NodeJS.Timeout | undefined;
  close: () => void;
}

/** By the server's connection to what wakes it: a process has one. */
const feeds = new WeakMap<Wake, Map<string, Shared>>();

/** The caller has asked whether its person may read the project, asks again before it sends anything, and leaves. */
export function joinFeed(of: FeedOf, projectId: string): Feed {
  const known = feeds.get(of.wake) ?? new Map<string, Shared>();
  feeds.set(of.wake, known);
  const shared =
    known.get(projectId) ??
    begin(of, (failed) => {
      if (known.get(projectId) === failed) known.delete(projectId);
    });
  known.set(projectId, shared);
  shared.readers += 1;
  clearTimeout(shared.ending);
  return {
    entries: shared.entries,
    next: shared.next,
    leave() {
      shared.readers -= 1;
      if (shared.readers > 0) return;
      shared.ending = setTimeout(() => {
        if (known.get(projectId) === shared) known.delete(projectId);
        shared.close();
      }, LINGER_MS);
      shared.ending.unref();
    },
  };
}

function begin({ db, wake, clock, mine }: FeedOf, forget: (failed: Shared) => void): Shared {
  let entries: ReadonlyMap<string, Entry> = new Map();
  let read = false;
  let failure: { error: unknown } | undefined;
  const waiting = new Set<() => void>();
  const ring = (): void => {
    for (const wakeUp of [...waiting]) wakeUp();
  };
  const stop = new AbortController();
  // Subscribed before the first read: what changes in between rings, and is read again.
  const queue = openWakeQueue(withAgain(wake), stop.signal, isWanted);
  const run = async (): Promise<void> => {
    const update = async (batch: readonly WakeEvent[]): Promise<void> => {
      const now = await readEntries({ db, clock, mine }, read ? entries : undefined, batch);
      if (now === entries && read) return;
      [entries, read] = [now, true];
      ring();
    };
    await update([{ topic: "again" }]);
    for await (const batch of queue.batches) {
      await update(batch);
      await new Promise((resolve) => setTimeout(resolve, CALM_MS));
    }
  };
  run().catch((error: unknown) => {
    failure = { error };
    forget(shared); // whoever comes next begins anew
    stop.abort();
    ring();
  });
  const shared: Shared = {
    readers: 0,
    ending: undefined,
    entries: () => entries,
    close: () => {
      stop.abort();
    },
    async next(known, signal) {
      while (failure === undefined && signal?.aborted !== true && (!read || entries === known))
        await new Promise<void>((resolve) => {
          const done = (): void => {
            waiting.delete(done);
            signal?.removeEventListener("abort", done);
            resolve();
          };
          waiting.add(done);
          signal?.addEventListener("abort", done, { once: true });
        });
      if (failure !== undefined) throw failure.error;
    },
  };
  return shared;
}

const topics = new Set<WakeEvent["topic"]>(["container", "run", "node", "guests", "again"]);
const isWanted = ({ topic }: WakeEvent): boolean => topics.has(topic);

function withAgain(wake: Wake): Wake {
  return {
    subscribe(listener) {
      const end = wake.subscribe(listener);
      const timer = setInterval(() => {
        listener({ topic: "again" });
      }, WHOLE_EVERY_MS);
      return () => {
        clearInterval(timer);
        end();
      };
    },
  };
}
