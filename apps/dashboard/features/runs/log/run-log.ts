// The logs of all steps of a run, as far as they have come.
import type { LogPiece } from "@homeport/api";
import { addPieces, emptyStepLog, type StepLog } from "./step-log";

export type RunLog = ReadonlyMap<string, StepLog>;

/** A new map only when something was new; the logs of other steps stay the same objects. */
export function addToRunLog(log: RunLog, pieces: readonly LogPiece[]): RunLog {
  const next = new Map(log);
  let changed = false;
  for (const stepId of new Set(pieces.map((piece) => piece.stepId))) {
    const own = pieces.filter((piece) => piece.stepId === stepId);
    const before = log.get(stepId) ?? emptyStepLog;
    const after = addPieces(before, own);
    changed ||= after !== before;
    next.set(stepId, after);
  }
  return changed ? next : log;
}
