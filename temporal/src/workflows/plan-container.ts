// Asks a node what creating a container would do. Nothing is changed, and nothing is kept but the answer.
import type { Planned } from "../activities/plan-ports";
import type { PlanInput } from "../contract";
import { planning, planningToCreate } from "./activities";
import { requireSealed } from "./sealed";

export async function planContainer(input: PlanInput): Promise<Planned> {
  requireSealed(input);
  const { spec, lookInside, toCreate, containerId, creator } = input;
  return (toCreate === true ? planningToCreate : planning()).planContainer({
    spec,
    lookInside,
    toCreate,
    containerId,
    creator,
  });
}
