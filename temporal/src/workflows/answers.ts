// What a workflow takes for an activity's answer: what a worker of Homeport sealed as its answer or failure, also where it is nothing.
import {
  ActivityFailure,
  type ActivityOptions,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  log,
  scheduleActivity,
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
  options: ActivityOptions,
): boolean {
  if (!(failure instanceof ActivityFailure)) return true;
  const { cause } = failure;
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
          if (!marked) return next(input);
          const { activityType, args, options, seq } = input;
          const activity = { activityType, activityId: options.activityId ?? String(seq) };
          const again = (otherwise: unknown): Promise<unknown> => {
            strange += 1;
            log.warn("an answer that Homeport did not give is not believed", { activityType, strange });
            if (strange > MOST_STRANGE) throw otherwise;
            return scheduleActivity(activityType, args, options);
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
        },
        continueAsNew: (input, next) => next({ ...input, args: seal(input.args, START) }),
      },
    ],
  };
};
