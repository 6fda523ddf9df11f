// Why a run does not move now, in the words of every screen that shows one.
import type { RunState } from "@homeport/db/types";

/** Run.waitingFor of a run that Temporal did not take: it is started when Temporal is back. */
export const ENGINE_UNAVAILABLE = "engine unavailable";

/** "Queued: engine unavailable", "Waiting for node pve", "Undoing what was made"; undefined for a run that moves, or waits for nothing that is known. */
export function waitingWords({ state, waitingFor }: { state: RunState; waitingFor: string | null }): string | undefined {
  if (waitingFor === null || waitingFor === "") return undefined;
  const what = waitingFor.replace(/^waiting for /i, "");
  if (state === "queued") return `Queued: ${what}`;
  // What a run that moves says here is what it does beside its steps: "undoing what was made".
  if (state === "running") return what.charAt(0).toUpperCase() + what.slice(1);
  return state === "waiting" || state === "paused" || state === "awaiting_decision" ? `Waiting for ${what}` : undefined;
}
