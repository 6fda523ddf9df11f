// The other end of workflows/answers.ts: the worker that does what workflows ask.
import { ApplicationFailure, CancelledFailure, ensureApplicationFailure } from "@temporalio/common";
import type { ActivityInterceptorsFactory } from "@temporalio/worker";
import { UNSEALED } from "./contract";
import { answerOf, callOf, failureOf, SEALED_AS, sealedAs, unseal } from "./sealed-as";

/**
 * Before every activity: it does what was sealed as a call of it, and seals what it answers as its answer. A call without a mark is one
 * of a workflow that an earlier release began, and is answered as that one did.
 */
export const sealedCalls: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    async execute(input, next) {
      const [asked] = input.args;
      const as = sealedAs(asked);
      const strange = as !== undefined && as !== callOf(info.activityType);
      if (strange || typeof asked !== "object" || asked === null || UNSEALED in asked)
        throw ApplicationFailure.nonRetryable(
          "Homeport did not ask for this: its input is not sealed as such.",
          "not-sealed",
        );
      if (as === undefined) return next(input);
      try {
        return { [SEALED_AS]: answerOf(info), value: await next({ ...input, args: unseal(input.args) }) };
      } catch (error) {
        throw sealedFailure(info, error);
      }
    },
  },
});

/** The failure, with a seal in its details. That it was cancelled says nothing: Temporal knows itself whether it asked for that. */
function sealedFailure(activity: { activityType: string; activityId: string }, error: unknown): unknown {
  if (error instanceof CancelledFailure || (error instanceof Error && error.name === "AbortError")) return error;
  const failure = ensureApplicationFailure(error);
  const { type, nonRetryable } = failure;
  Object.assign(failure, {
    details: [...(failure.details ?? []), { [SEALED_AS]: failureOf(activity, { type, nonRetryable }) }],
  });
  return failure;
}
