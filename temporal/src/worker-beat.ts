// A worker's sign of life, as a row: a poll that Temporal remembers proves that a worker asked once, not that it moves. A process that is
// frozen, or busy for long with one thing, stops beating; one that is slow says by how much.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "@homeport/db/client";

const EVERY_MS = 5_000;
const RESOLUTION_MS = 20;

/** Runs until the answered function is called. A beat that cannot be written is one that is missed. */
export function startBeating({ db, parts }: { db: Db; parts: readonly string[] }): () => Promise<void> {
  const ended = new AbortController();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const loop = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const lagMs = Math.max(0, Math.round(delay.max / 1e6) - RESOLUTION_MS);
      delay.reset();
      // By the database's clock, which those who read it compare with.
      for (const part of parts)
        await db.$executeRaw`INSERT INTO "WorkerBeat" ("part", "at", "lagMs") VALUES (${part}, now(), ${lagMs}) ON CONFLICT ("part") DO UPDATE SET "at" = now(), "lagMs" = ${lagMs}`.catch(
          () => undefined,
        );
      await sleep(EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
    delay.disable();
  };
  const done = loop();
  return async () => {
    ended.abort();
    await done;
  };
}
