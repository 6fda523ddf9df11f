// How what did not agree was settled, in English.
import { type OrphanResolution, OrphanResolutions } from "../orphan/orphan";

const english: Record<OrphanResolution, string> = {
  adopted: "adopted",
  deleted: "deleted",
  marked_deleted: "marked as deleted",
  resumed: "resumed",
  given_up: "given up",
  workflow_ended: "ended",
  workflow_ended_by_itself: "ended by itself, as its run had ended",
  begun_anew: "begun anew by itself",
  went_away: "went away",
  node_removed: "the node was removed",
};

/** Of what is stored: "settled" for nothing, and for what another version of Homeport stored. */
export function resolutionText(stored: string | null): string {
  const known = OrphanResolutions.find((one) => one === stored);
  return known === undefined ? "settled" : english[known];
}
