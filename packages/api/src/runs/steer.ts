// Pauses a run before its next step, or lets it go on.
import { AppError } from "@homeport/domain/error";
import { whyNotSteer, type Steer } from "@homeport/domain/run/run-state";
import type { MemberContext } from "../context";
import { acceptDecision, type Accepted } from "./outbox";

export function steerRun(
  ctx: MemberContext,
  { id, steer, requestKey }: { id: string; steer: Steer; requestKey: string },
): Promise<Accepted> {
  return acceptDecision(ctx, { id, decision: steer, requestKey }, (run) => {
    const refusal = whyNotSteer(steer, run);
    if (refusal !== undefined) throw new AppError("run.state", refusal);
    return Promise.resolve({ note: { pauseRequestedAt: steer === "pause" ? ctx.clock() : null } });
  });
}
