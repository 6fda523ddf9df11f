// A sign of life of the worker that holds an activity: by a timer, as a step may wait long for one answer, of a node or of PostgreSQL.
import { Context } from "@temporalio/activity";

/** Of every second, every second one is sent (`maxHeartbeatThrottleInterval`); an activity is missed after its `heartbeatTimeout` without one. */
const EVERY_MS = 1_000;

/** Beats at once, then until `work` has ended. Cancellation comes with the answer to a beat. */
export async function beating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  context.heartbeat();
  const timer = setInterval(() => {
    context.heartbeat();
  }, EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
