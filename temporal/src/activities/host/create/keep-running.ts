// A container that our own run started and that stopped by itself: its node restarted, or it died; which of the two is not known.
import { StepFailure } from "../../failures";
import { requireGuestNow } from "../guest/guest";
import { startLxc } from "../guest/power";
import { isOwnStill } from "../script/inside";
import type { StepContext } from "../run-step";
import { countStart, startsAgainText } from "./stops-again";

/** Starts it again when our run had started it; otherwise asks. Does nothing when it runs. True when it was started. */
export async function keepRunning(step: StepContext, vmid: number): Promise<boolean> {
  if (await isOwnStill(step, vmid)) return false;
  if ((await requireGuestNow(step, vmid)).status.status === "running") return false;
  await startAgain(step, vmid);
  return true;
}

/** Of a guest that is ours, and stopped. */
export async function startAgain(step: StepContext, vmid: number): Promise<void> {
  const { record } = step;
  if (!(await record.didStart()))
    throw new StepFailure(`CT ${vmid} is stopped, and this run has not started it. Start it, then retry.`);
  const startedAgain = await countStart(step, vmid);
  await record.log(startsAgainText(vmid, startedAgain));
  await startLxc(step, vmid, { isSaid: true });
  // After the start: a crash before it must not count twice.
  await record.remember({ startedAgain });
}
