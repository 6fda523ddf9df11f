// What was still tried when its run ended.
import type { DbOrTransaction } from "@homeport/db/client";
import type { StepDetailCode } from "@homeport/domain/run/step-detail";

/** How what is still under way ends with its run. What a person stopped, and is taken back, has not failed. */
export interface Unfinished {
  state: "failed" | "undone";
  detail: StepDetailCode;
}

const lost: Unfinished = { state: "failed", detail: { is: "not_ended" } };

/** The run has ended, or is being undone: what was still tried did not come to its end. */
export async function endAttempts(
  within: DbOrTransaction,
  { runId, as = lost, now = new Date() }: { runId: string; as?: Unfinished | undefined; now?: Date },
): Promise<void> {
  await within.runAttempt.updateMany({
    where: { runId, state: { in: ["running", "waiting"] } },
    data: { ...as, endedAt: now },
  });
}
