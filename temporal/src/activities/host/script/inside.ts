// Commands inside a guest: our runner, installed first, and answers that are told apart from a container that cannot be entered.
import {
  type Channel,
  type ChannelAnswer,
  ChannelEnded,
  type ChannelRequest,
  helpers,
  HELPERS_PATH,
  installArgv,
  runner,
  RUNNER_PATH,
  sha256,
} from "@homeport/guest";
import { PctError, SshError } from "@homeport/ssh";
import { StepFailure } from "../../failures";
import { comparedAt, requireGuest } from "../guest/guest";
import type { StepContext } from "../run-step";
import { together } from "../together";

interface Question extends ChannelRequest {
  signal?: AbortSignal;
}

/** What is run here may be run again: it was cut off when the guest's end of the channel went away, and is repeated once. */
export interface Inside {
  /** Runs `argv`; throws when it does not end with 0. */
  run(this: void, argv: readonly string[], question?: Question): Promise<ChannelAnswer>;
  /** Any exit code. */
  exec(this: void, argv: readonly string[], question?: Question): Promise<ChannelAnswer>;
}

/** A guest that hangs must not hang the step. */
const EXEC_TIMEOUT_MS = 120_000;

/** What a step has used last: when that is over, the VMID may be another guest's. */
const used = new WeakMap<StepContext, Channel>();

/** When the guest's ownership was compared for whatever goes through this channel. */
const ownAt = new WeakMap<Channel, number>();

/**
 * Whether the run's last step left its way into this guest open, and the guest's ownership was compared a moment ago: then it runs, and is
 * the same one, as a channel leads into one life of one guest. Used by this step from here on.
 */
export async function isOwnStill(step: StepContext, vmid: number): Promise<boolean> {
  const kept = step.host.kept({ runId: step.at.runId, vmid });
  const at = kept && ownAt.get(kept);
  if (kept === undefined || at === undefined || performance.now() - at >= step.deps.pace.seenMs) return false;
  // Taken in this very moment: another try of the step finds none.
  const channel = await step.guest(vmid);
  used.set(step, channel);
  return channel === kept;
}

/** The caller has compared the guest's ownership in this step, or knows that it is still so; it is compared again before another way in is used. */
export function inside(step: StepContext, vmid: number): Inside {
  refuseMoved(step, vmid);
  const requireStill = async (signal: AbortSignal): Promise<void> => {
    await requireGuest({ ...step, signal }, vmid);
    comparedAt.set(step, performance.now()); // it noted that for its own copy of the step
    refuseMoved(step, vmid);
  };
  const enter = async (signal: AbortSignal): Promise<Channel> => {
    const before = used.get(step);
    const isOver = before?.isOpen === false;
    if (isOver) await requireStill(signal);
    const channel = await step.guest(vmid);
    if (before !== undefined && !isOver && before !== channel) await requireStill(signal);
    used.set(step, channel);
    const at = comparedAt.get(step);
    if (at !== undefined) ownAt.set(channel, at);
    return channel;
  };
  const exec: Inside["exec"] = async (argv, { signal = step.signal, ...request } = {}) => {
    for (let repeated = false; ; repeated = true) {
      try {
        return await ask(() => enter(signal), { argv, signal, request });
      } catch (error) {
        // Removed, or moved: the cluster knows.
        if (error instanceof PctError && error.kind === "missing") await requireStill(signal);
        if (!(error instanceof ChannelEnded)) throw error;
        // Once it has begun, standard error holds the channel's own marks and what earlier questions printed.
        const stderr = error.begun ? "" : error.stderr;
        if (repeated || !error.begun)
          throw new PctError("failed", stderr.trim() || error.message, { code: error.code, stderr });
      }
    }
  };
  return {
    exec,
    async run(argv, question) {
      const answer = await exec(argv, question);
      if (answer.code === 0) return answer;
      const reported = answer.stderr.trim() || `exit code ${answer.code}`;
      throw new PctError("failed", reported, { code: answer.code, stderr: answer.stderr });
    },
  };
}

/** A request that is given up takes its channel along: the answer that may still come would be in the way of the next. */
async function ask(
  open: () => Promise<Channel>,
  { argv, signal, request }: { argv: readonly string[]; signal: AbortSignal; request: ChannelRequest },
): Promise<ChannelAnswer> {
  const aborted = () => new SshError("aborted", "The command was aborted.");
  if (signal.aborted) throw aborted();
  const channel = await open();
  if (signal.aborted) throw aborted();
  const onAbort = () => channel.abort(aborted());
  const timer = setTimeout(
    () => channel.abort(new SshError("timeout", `The command took longer than ${EXEC_TIMEOUT_MS} ms.`)),
    EXEC_TIMEOUT_MS,
  );
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await channel.request(argv, request);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function refuseMoved({ host }: StepContext, vmid: number): void {
  if (host.movedFrom === undefined) return;
  throw new StepFailure(
    `CT ${vmid} was moved to node ${host.pveName} of the cluster. What happens inside it goes over SSH, and Homeport's SSH for it leads to node ${host.name} (${host.movedFrom}). Move it back, then retry.`,
  );
}

const files = [
  { path: RUNNER_PATH, content: runner },
  { path: HELPERS_PATH, content: helpers },
].map((file) => ({ ...file, sum: sha256(file.content) }));

/** Puts runner and helpers in place; sends nothing when they are there. */
export async function installRunner({ exec, run }: Inside): Promise<void> {
  const { stdout } = await exec(["sha256sum", ...files.map(({ path }) => path)]);
  const there = stdout.toString("utf8").split("\n");
  const missing = files.filter(({ path, sum }) => !there.includes(`${sum}  ${path}`));
  await together(missing.map(({ path, content, sum }) => run(installArgv(path, sum), { stdin: content })));
}
