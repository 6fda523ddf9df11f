// The id of a run and that of its workflow, which is made of it: both are there before the row.
import type { RunKind } from "@homeport/db/types";
import { runWorkflowId } from "@homeport/domain/run/workflow-id";
import { newId } from "./new-id";

export function nameRun(
  { kind, hostname }: { kind: RunKind; hostname: string },
  now: Date,
): { id: string; kind: RunKind; workflowId: string } {
  const id = newId(now);
  return { id, kind, workflowId: runWorkflowId({ id, kind, hostname }) };
}
