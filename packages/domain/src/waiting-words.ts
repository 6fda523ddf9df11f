// Why a run does not move now, in the words of every screen that shows one.
import type { RunState } from "@homeport/db/types";

/** Run.waitingFor of a run that Temporal did not take: it is started when Temporal is back. */
export const ENGINE_UNAVAILABLE = "engine unavailable";

/** Run.waitingFor of a run whose history does not fit the workflow code that is deployed: it goes on with the code that began it. */
export const ENGINE_UNFIT = "the version of Homeport that began it: this one cannot continue it";
/** The engine fails at it before a step of it is tried; the worker's log says why. */
export const ENGINE_FAILS = "an engine that can continue it: Homeport's own fails at it now";
export const ENGINE_TROUBLES: readonly string[] = [ENGINE_UNFIT, ENGINE_FAILS];

/** What a run waits for is a thing, "a turn on pve", or how things stand: "node pve is unreachable". */
const THING = /^(?:an?|the version of|somebody|your) /;
/** What a run does beside its steps, or what its undoing waits for: "undoing what was made", "paused by Ada", "cleanup pending: …". */
const OWN_WORDS = /^(?:undoing|paused|cleanup pending)/;

/** "Queued: engine unavailable", "Waiting for a turn on pve", "Waiting: node pve is unreachable", "Undoing what was made"; undefined for a run that moves, or waits for nothing that is known. */
export function waitingWords({
  state,
  waitingFor,
}: {
  state: RunState;
  waitingFor: string | null;
}): string | undefined {
  if (waitingFor === null || waitingFor === "") return undefined;
  if (state === "queued") return `Queued: ${waitingFor}`;
  if (!["running", "waiting", "paused", "awaiting_decision"].includes(state)) return undefined;
  if (state === "running" || OWN_WORDS.test(waitingFor))
    return waitingFor.charAt(0).toUpperCase() + waitingFor.slice(1);
  return THING.test(waitingFor) ? `Waiting for ${waitingFor}` : `Waiting: ${waitingFor}`;
}
