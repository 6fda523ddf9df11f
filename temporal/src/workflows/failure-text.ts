// A failure as the person reads it. Workflow code cannot import the clients' errors: activities have told theirs already.
import { ActivityFailure, ApplicationFailure, CancelledFailure, TimeoutFailure } from "@temporalio/common";

export function failureText(failure: unknown): string {
  if (failure instanceof ActivityFailure) return failureText(failure.cause);
  if (failure instanceof TimeoutFailure) return "It took too long, and too many tries, to go on by itself.";
  if (failure instanceof CancelledFailure) return "It was cancelled.";
  if (failure instanceof ApplicationFailure) return failure.message;
  return "Homeport failed at this step; its log says more.";
}
