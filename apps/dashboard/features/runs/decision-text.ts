// What stays when a run is taken back; what goes is its undo plan (domain/run/undo-plan), which the server makes from its steps.
import type { RunDetail } from "@homeport/api";

/** For the dialogs that ask before a creation is undone, by decision or by cancelling it. */
export function undoConsequences({ node }: Pick<RunDetail, "node">): { stays: string[] } {
  return { stays: ["The steps, decisions and logs of this run", `The template, and everything else on ${node.name}`] };
}
