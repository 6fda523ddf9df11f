// Keeps one part of the stack running: when it dies it is started again, a little later each time.
import { setTimeout as sleep } from "node:timers/promises";
import { RefusedToStart, type Running } from "./child";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
/** A part that ran this long was healthy: its next failure starts with a short pause again. */
const HEALTHY_MS = 60_000;
/** One that ends sooner may do so again and again. */
const SETTLED_MS = 5_000;
const ENDED_IN_ORDER = "exit code 0";

export interface Part {
  /** As in the process ledger: "postgres", "temporal", "lab", "worker", "dashboard". */
  name: string;
  start(): Promise<Running>;
  /** Ends a start that is under way, so that stopping never waits for readiness. */
  interrupt(): Promise<void>;
  print: (line: string) => void;
  now?: () => number;
  /** Rejects when it is aborted. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Supervised {
  name: string;
  /** Settles with the first start; a part that never ran is not started again. */
  ready: Promise<Running>;
  stop(): Promise<void>;
}

export function supervise(part: Part): Supervised {
  const { name, print, now = Date.now, wait = (ms, signal) => sleep(ms, undefined, { signal }) } = part;
  const stopping = new AbortController();
  let current: Running | undefined;

  const start = async (): Promise<Running> => {
    const running = await part.start();
    current = running;
    if (stopping.signal.aborted) await running.stop();
    return running;
  };
  const ready = start();

  const keepRunning = async (): Promise<void> => {
    let running = await ready;
    let since = now();
    for (let failures = 0; ; failures += 1) {
      const reason = await running.exited;
      if (stopping.signal.aborted) return;
      const lived = now() - since;
      if (lived > HEALTHY_MS) failures = 0;
      // Somebody had it end, and it did so in order: nothing has failed, and its work waits for the next one.
      const asked = reason === ENDED_IN_ORDER && lived > SETTLED_MS;
      running = await startAgain(`${name} ended (${reason})`, asked ? "at once" : failures);
      if (asked) failures = -1;
      since = now();
      print(`${name} runs again.`);
    }
  };
  const startAgain = async (why: string, failures: number | "at once"): Promise<Running> => {
    if (failures === "at once") print(`${why}: starting it again.`);
    else {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      print(`${why}: starting it again in ${pauseMs / 1_000} s.`);
      await pause(pauseMs);
    }
    try {
      return await start();
    } catch (error) {
      stopping.signal.throwIfAborted();
      if (error instanceof RefusedToStart) return startWhenMended(error);
      return startAgain(`${name} did not start (${firstLine(error)})`, failures === "at once" ? 0 : failures + 1);
    }
  };
  /** What it refuses for is said once, not again and again; with the cause mended it comes up by itself. */
  const startWhenMended = async (refused: RefusedToStart): Promise<Running> => {
    print(`${name} refuses to start: ${refused.message} It is tried every ${LONGEST_PAUSE_MS / 1_000} s.`);
    for (;;) {
      await pause(LONGEST_PAUSE_MS);
      try {
        return await start();
      } catch (error) {
        stopping.signal.throwIfAborted();
        if (!(error instanceof RefusedToStart)) return startAgain(`${name} did not start (${firstLine(error)})`, 0);
        if (error.message !== refused.message) return startWhenMended(error);
      }
    }
  };
  const pause = (ms: number): Promise<void> => wait(ms, stopping.signal);
  // Its only rejections are a first start that failed, which `ready` reports, and stopping.
  const loop = keepRunning().catch(() => undefined);

  const stop = async (): Promise<void> => {
    stopping.abort();
    await part.interrupt();
    await current?.stop();
    await loop;
  };
  return { name, ready, stop };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
