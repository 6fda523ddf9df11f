// What a workflow takes for an activity's answer: what a worker of Homeport sealed as its answer or failure, also where it is nothing.
import {
  ActivityFailure,
  type ActivityInput,
  type ActivityOptions,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  type LocalActivityInput,
  type LocalActivityOptions,
  log,
  scheduleActivity,
  scheduleLocalActivity,
  TemporalFailure,
  TimeoutFailure,
  type WorkflowInterceptorsFactory,
} from "@temporalio/workflow";
import { answerOf, callOf, failureOf, isObject, seal, sealedAs, START, unseal } from "../sealed-as";

/** Of one workflow. Each is asked for again: an activity may run twice, and what it does is not known from a stranger. */
const MOST_STRANGE = 20;

const KEEPS_ANSWERING =
  "Something other than Homeport keeps answering in Temporal for Homeport's worker, so what was done is not known.";

/** Whether the worker, or Temporal itself, may have had the activity end so. */
function isOwn(
  failure: unknown,
  activity: { activityType: string; activityId: string },
  options: ActivityOptions | LocalActivityOptions,
): boolean {
  if (!(failure instanceof TemporalFailure)) return true;
  // A local activity's failure is the cause itself.
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  if (cause instanceof CancelledFailure) return CancellationScope.current().consideredCancelled;
  // What has no end of its own cannot have come to it.
  if (cause instanceof TimeoutFailure)
    return options.scheduleToCloseTimeout !== undefined || options.retry?.maximumAttempts !== undefined;
  return (
    cause instanceof ApplicationFailure &&
    (cause.details ?? []).some((detail) => sealedAs(detail) === failureOf(activity, cause))
  );
}

/**
 * Stands before every activity of every workflow. A workflow that an earlier release began goes on as that one left it: the mark that
 * tells them apart is in the sealed input, not in the history (`patched`), which whoever takes the workflow's tasks could write.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let marked = true;
  let strange = 0;
  const believed = <Asked extends ActivityInput | LocalActivityInput>(
    input: Asked,
    next: (asked: Asked) => Promise<unknown>,
    askAgain: () => Promise<unknown>,
  ): Promise<unknown> => {
    if (!marked) return next(input);
    const { activityType, args, options, seq } = input;
    const activityId = ("activityId" in options ? options.activityId : undefined) ?? String(seq);
    const activity = { activityType, activityId };
    const again = (otherwise: unknown): Promise<unknown> => {
      strange += 1;
      log.warn("an answer that Homeport did not give is not believed", { activityType, strange });
      if (strange > MOST_STRANGE) throw otherwise;
      return askAgain();
    };
    return next({ ...input, args: seal(args, callOf(activityType)) }).then(
      (answer: unknown) =>
        isObject(answer) && sealedAs(answer) === answerOf(activity)
          ? answer.value
          : again(ApplicationFailure.nonRetryable(KEEPS_ANSWERING, "strange-answer")),
      (failure: unknown) => {
        if (isOwn(failure, activity, options)) throw failure;
        return again(failure);
      },
    );
  };
  return {
    inbound: [
      {
        execute(input, next) {
          marked = sealedAs(input.args[0]) === START;
          return next({ ...input, args: unseal(input.args) });
        },
      },
    ],
    outbound: [
      {
        scheduleActivity(input, next) {
          const { activityType, args, options } = input;
          return believed(input, next, () => scheduleActivity(activityType, args, options));
        },
        // Its marker stands in the history as an answer does, and is written by whoever takes the workflow's tasks.
        scheduleLocalActivity(input, next) {
          const { activityType, args, options } = input;
          return believed(input, next, () => scheduleLocalActivity(activityType, args, options));
        },
        continueAsNew: (input, next) => next({ ...input, args: seal(input.args, START) }),
      },
    ],
  };
};
