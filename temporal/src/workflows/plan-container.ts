// Asks a node what creating a container would do. Nothing is changed, and nothing is kept but the answer.
import type { Planned } from "../activities/plan-ports";
import type { PlanInput } from "../contract";
import { planning } from "./activities";

export async function planContainer({ spec, lookInside }: PlanInput): Promise<Planned> {
  return planning.planContainer({ spec, lookInside });
}
