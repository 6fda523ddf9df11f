// A workflow that somebody else started: it ends before it does anything.
import { ApplicationFailure } from "@temporalio/workflow";
import { UNSEALED } from "../contract";

/** First of all in every workflow. Throws when its input is not Homeport's. */
export function requireSealed(input: object | undefined): void {
  if (input === undefined || UNSEALED in input)
    throw ApplicationFailure.nonRetryable("Homeport did not start this: its input is not sealed.", "not-sealed");
}
