// Records are written where the workflow runs, as local activities: between two steps of a run Temporal then keeps one task and three
// markers, not four tasks and twelve events more. Where that does not succeed at once, as PostgreSQL is away, the same record is an activity as it
// was before there were local ones: Temporal tries it again for as long as it takes, and the history does not grow meanwhile.
//
// A marker is kept with the end of the workflow's task. A worker that dies before repeats all records of that task, in their order: each
// changes nothing the second time. What must not be asked again once it was acted on is no local activity (`asking`).
import {
  ActivityFailure,
  type ActivityInterfaceFor,
  ApplicationFailure,
  patched,
  proxyLocalActivities,
  TimeoutFailure,
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
      return near(...args).catch((failure: unknown) => {
        if (!mayPass(failure)) throw failure;
        return far(...args);
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
