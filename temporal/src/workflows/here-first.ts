// Records are written where the workflow runs, as local activities: between two steps of a run Temporal then keeps one task and three
// markers, not four tasks and twelve events more. Where that does not succeed at once, as PostgreSQL is away, the same record is an activity as it
// was before there were local ones: Temporal tries it again for as long as it takes, and the history does not grow meanwhile.
//
// A marker is kept with the end of the workflow's task. A worker that dies before has another one repeat all records of that task, in their
// order: each changes nothing the second time. One that only slept may write when later tasks have been played: each record says of which
// task it is, and the row refuses one of an earlier task than its last (records/move-run), as long as Temporal itself does not ask for it.
// What must not be asked again once it was acted on is no local activity (`asking`).
import {
  ActivityFailure,
  type ActivityInterfaceFor,
  ApplicationFailure,
  patched,
  proxyLocalActivities,
  TimeoutFailure,
  workflowInfo,
} from "@temporalio/workflow";
import { activityOptions } from "../activities/retries";

type Call = (...args: unknown[]) => Promise<unknown>;
/** A proxy has every name. */
const callOf = (activities: object, name: string): Call => Reflect.get(activities, name) as Call;

/** Each of `elsewhere` as a local activity; a run that older code has begun goes on so from its next record on. */
export function hereFirst<A>(elsewhere: ActivityInterfaceFor<A>): ActivityInterfaceFor<A> {
  const here: object = proxyLocalActivities<A>(activityOptions.recordsHere);
  const all: object = elsewhere;
  const get = (_: object, name: string): Call => {
    const [near, far] = [callOf(here, name), callOf(all, name)];
    return (...args) => {
      if (!patched("records-here-2026-11-29")) return far(...args);
      const [input, ...rest] = args;
      const ofTask = { ...(input as object), task: workflowInfo().historyLength }; // each record takes an object
      return near(ofTask, ...rest).catch((failure: unknown) => {
        if (!mayPass(failure)) throw failure;
        return far(ofTask, ...rest);
      });
    };
  };
  return new Proxy(all, { get }) as ActivityInterfaceFor<A>;
}

/** Not done yet, as something is away or slow; not refused. A local activity's failure is the cause itself. */
function mayPass(failure: unknown): boolean {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  return cause instanceof TimeoutFailure || (cause instanceof ApplicationFailure && cause.nonRetryable !== true);
}
