// Asks a run to stop; a creation is undone.
import { AppError } from "@homeport/domain/error";
import { whyNotCancel } from "@homeport/domain/run/run-state";
import type { MemberContext } from "../context";
import { acceptDecision, type Accepted } from "./outbox";

export function cancelRun(
  ctx: MemberContext,
  { id, requestKey }: { id: string; requestKey?: string | undefined },
): Promise<Accepted> {
  return acceptDecision(ctx, { id, decision: "cancel", requestKey }, (run) => {
    const refusal = whyNotCancel(run);
    if (refusal !== undefined) throw new AppError("run.state", refusal);
    return Promise.resolve({ note: { cancelRequestedAt: ctx.clock() } });
  });
}
