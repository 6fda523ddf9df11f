// The second fence of a run that no person began: between the decision of a lease and its deed lie queues, silent nodes and people who wait.
import { hasTag } from "@homeport/domain/container/ownership-tag";
import { KEEP_TAG } from "@homeport/domain/lease/next-act";
import { StepFailure } from "../../failures";
import type { StepContext } from "../run-step";
import { isRunning, ownGuest } from "./guest";

/**
 * Throws where the lease of the container does not want this any more, where the guest carries the tag that keeps leases away, and, before it
 * is destroyed, where it runs: whoever started it uses it. Lets all runs of persons pass. Answers whether a lease began this one.
 */
export async function requireLeaseHolds(
  step: StepContext,
  { vmid, destroys }: { vmid: number; destroys: boolean },
): Promise<boolean> {
  const lease = await step.record.lease();
  if (lease === "none") return false;
  const who = `CT ${vmid} on node ${step.host.name}`;
  if (lease === "over")
    throw new StepFailure(`The lease of ${who} was extended or taken away: it is left alone. Cancel this run.`);
  const guest = await ownGuest(step, vmid);
  if (guest === null) return true;
  if (hasTag(guest.config.tags, KEEP_TAG))
    throw new StepFailure(`${who} carries the tag ${KEEP_TAG}: its lease leaves it alone. Cancel this run.`);
  if (destroys && (await isRunning(step, vmid)))
    throw new StepFailure(
      `${who} runs: somebody has started it since its lease shut it down. It is not destroyed. Cancel this run, and extend the lease.`,
    );
  return true;
}
