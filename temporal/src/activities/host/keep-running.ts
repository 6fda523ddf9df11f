// A container that our own run started and that stopped by itself: a node that lost power leaves it stopped unless it starts on boot.
import { StepFailure } from "../failures";
import { isRunning, requireGuest } from "./guest";
import { startLxc } from "./power";
import type { Step } from "./run-step";

const MOST_STARTS = 3;

/** Starts it again when our run had started it; otherwise asks. Does nothing when it runs. True when it was started. */
export async function keepRunning(step: Step, vmid: number): Promise<boolean> {
  const { book, host } = step;
  await requireGuest(step, vmid);
  if (await isRunning(step, vmid)) return false;
  if (!(await book.didStart())) throw new StepFailure(`CT ${vmid} is stopped, and this run has not started it. Start it, then retry.`);
  const startedAgain = book.memory.startedAgain + 1;
  if (startedAgain > MOST_STARTS) throw new StepFailure(`CT ${vmid} does not keep running on node ${host.name}: it was started again ${MOST_STARTS} times. Look at its log there, then retry.`);
  await book.say(`CT ${vmid} is stopped, as after a restart of its node: starting it again.`);
  await startLxc(step, vmid);
  // After the start: a crash before it must not count twice.
  await book.remember({ startedAgain });
  return true;
}
