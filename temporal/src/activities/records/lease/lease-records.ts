// What the workflow of a lease asks for. May run twice: what was done is in the row, and is not done again.
import { uniqueIndex } from "@homeport/db/known-error";
import { retryAt } from "@homeport/domain/lease/next-act";
import { actOnLease, type LeaseDeps } from "./act-on-lease";

const SOONEST_MS = 200;

export const leaseRecords = (deps: LeaseDeps) => ({
  /** Does what is due. `nextInMs`: when there is something to do again, by this worker's clock; null: not before somebody changes the lease. */
  async keepLease({ containerId }: { containerId: string }): Promise<{ nextInMs: number | null }> {
    const now = new Date();
    const next = await actOnLease(deps, { containerId, now }).catch((error: unknown) => {
      // A person has begun another run a moment ago: it is waited for.
      if (uniqueIndex(error) === "run_one_active_per_container") return retryAt(now, now);
      throw error;
    });
    return { nextInMs: next === null ? null : Math.max(SOONEST_MS, next.getTime() - Date.now()) };
  },
});
