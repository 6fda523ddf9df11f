// Why a run does not move now, in the words of every screen that shows one.
import type { RunState } from "@homeport/db/types";

/** Run.waitingFor of a run that Temporal did not take: it is started when Temporal is back. */
export const ENGINE_UNAVAILABLE = "engine unavailable";

/** Run.waitingFor of a run whose history does not fit the workflow code that is deployed: it goes on with the code that began it. */
export const ENGINE_UNFIT = "the version of Homeport that began it: this one cannot continue it";
/** The engine fails at it before a step of it is tried; the worker's log says why. */
export const ENGINE_FAILS = "an engine that can continue it: Homeport's own fails at it now";
export const ENGINE_TROUBLES: readonly string[] = [ENGINE_UNFIT, ENGINE_FAILS];

/** "Queued: engine unavailable", "Waiting for node pve", "Undoing what was made"; undefined for a run that moves, or waits for nothing that is known. */
export function waitingWords({ state, waitingFor }: { state: RunState; waitingFor: string | null }): string | undefined {
  if (waitingFor === null || waitingFor === "") return undefined;
  const what = waitingFor.replace(/^waiting for /i, "");
  if (state === "queued") return `Queued: ${what}`;
  // What a run that moves says here is what it does beside its steps: "undoing what was made".
  if (state === "running") return what.charAt(0).toUpperCase() + what.slice(1);
  return state === "waiting" || state === "paused" || state === "awaiting_decision" ? `Waiting for ${what}` : undefined;
}
