// Waiting by looking: again and again until it is so, and not for ever.
import { setTimeout as sleep } from "node:timers/promises";

/** Asks until `read` answers something; one that throws has found nothing. Fails after `withinMs` with the last reason. */
export async function until<T>(
  what: string,
  read: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 120_000,
): Promise<T> {
  let reason = "";
  for (const deadline = Date.now() + withinMs; ;) {
    try {
      const seen = await read();
      if (seen !== undefined && seen !== false) return seen;
    } catch (error) {
      reason = error instanceof Error ? `: ${error.message.split("\n").at(-1) ?? ""}` : "";
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1_000} s${reason}`);
    await sleep(40);
  }
}
