// A lease as a durable timer: it sleeps until there is something to do, whoever restarts meanwhile. What it does, and when, its row decides.
import { condition, continueAsNew, defineSignal, setHandler } from "@temporalio/workflow";
import { LEASE_SIGNAL, type LeaseInput } from "../contract";
import { lending } from "./activities";
import { requireSealed } from "./sealed";

const changedSignal = defineSignal(LEASE_SIGNAL);
/** However often it is extended, its history stays short. */
const ACTS = 20;

export async function lendContainer(input: LeaseInput): Promise<void> {
  requireSealed(input);
  const { containerId } = input;
  let changed = false;
  setHandler(changedSignal, () => {
    changed = true;
  });
  for (let acts = 0; acts < ACTS; acts += 1) {
    changed = false;
    const { nextInMs } = await lending.keepLease({ containerId });
    if (nextInMs === null) {
      if (!changed) return;
    } else await condition(() => changed, nextInMs);
  }
  await continueAsNew<typeof lendContainer>({ containerId });
}
