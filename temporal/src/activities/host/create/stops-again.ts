// What is known of a container that does not keep running: how often it was started again, and how much memory it has.
import { StepFailure } from "../../failures";
import type { StepContext } from "../run-step";

/** How often a container that stopped by itself is started again in one attempt of a step. */
const MOST_STARTS = 3;
/** Below this a system may be killed before it has booted: systemd and a shell take some 50 MiB, a package manager more. */
const SMALL_MIB = 256;

/** Counts a start that is needed once more. Throws when there were enough; what is counted must be remembered by the caller. */
export async function countStart(step: StepContext, vmid: number): Promise<number> {
  const { record, deps, at, host } = step;
  const starts = record.memory.startedAgain + 1;
  if (starts <= MOST_STARTS) return starts;
  const { memoryMib } = (await deps.blueprint(at.containerId)).spec;
  throw new StepFailure(
    `CT ${vmid} does not keep running on node ${host.name}: it was started again ${MOST_STARTS} times, and has stopped each time. ${advice(memoryMib)}`,
  );
}

/** For the step's log. */
export const startsAgainText = (vmid: number, starts: number): string =>
  `CT ${vmid} has stopped, and nobody asked it to here: it is started again (${starts} of ${MOST_STARTS}).`;

const advice = (memoryMib: number): string =>
  memoryMib < SMALL_MIB
    ? `It has only ${memoryMib} MiB of memory, which may be too little to start: give it more on the node and retry, or choose “Run again with changes”.`
    : `Its log on the node may say why; too little memory is one possible reason (it has ${memoryMib} MiB). Fix it there and retry, or choose “Run again with changes”.`;
