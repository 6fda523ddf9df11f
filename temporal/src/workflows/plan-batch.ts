// Asks a node what creating many containers at once would do, one after the other in the space that is left. Nothing is changed there.
import type { BatchQuestion, PlannedBatch } from "@homeport/domain/plan/plan-batch";
import { planningToCreate } from "./activities";
import { requireSealed } from "./sealed";

export async function planBatch(question: BatchQuestion): Promise<PlannedBatch> {
  requireSealed(question);
  return planningToCreate.planBatch(question);
}
