// Commands inside a guest: our runner, installed first, and answers that are told apart from a container that cannot be entered.
import { helpers, HELPERS_PATH, installArgv, runner, RUNNER_PATH, sha256 } from "@homeport/guest";
import { pct, PctError, type ExecOptions, type ExecResult, type Pct } from "@homeport/ssh";
import { StepFailure } from "../../failures";
import { requireGuest } from "../guest/guest";
import type { StepContext } from "../run-step";

export interface Inside {
  /** Runs `argv`; throws when it does not end with 0. */
  run(this: void, argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Any exit code. */
  exec(this: void, argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
}

/** An SSH channel that hangs must not hang the step. */
const EXEC_TIMEOUT_MS = 120_000;

export async function inside(step: StepContext, vmid: number): Promise<Inside> {
  refuseMoved(step, vmid);
  const shell: Pct = pct(await step.ssh());
  const exec: Inside["exec"] = (argv, options) =>
    shell
      .exec(vmid, argv, { timeoutMs: EXEC_TIMEOUT_MS, signal: step.signal, ...options })
      .catch(async (error: unknown) => {
        if (!(error instanceof PctError && error.kind === "missing")) throw error;
        // Removed, or moved: the cluster knows.
        await requireGuest(step, vmid);
        refuseMoved(step, vmid);
        throw error;
      });
  return {
    exec,
    async run(argv, options) {
      const result = await exec(argv, options);
      if (result.code === 0) return result;
      const reported = result.stderr.trim() || `exit code ${result.code ?? "none"}`;
      throw new PctError("failed", reported, { code: result.code, stderr: result.stderr });
    },
  };
}

function refuseMoved({ host }: StepContext, vmid: number): void {
  if (host.movedFrom === undefined) return;
  throw new StepFailure(
    `CT ${vmid} was moved to node ${host.pveName} of the cluster. What happens inside it goes over SSH, and Homeport's SSH for it leads to node ${host.name} (${host.movedFrom}). Move it back, then retry.`,
  );
}

/** Puts runner and helpers in place; does nothing when they are there. */
export async function installRunner({ run }: Inside): Promise<void> {
  await run(installArgv(RUNNER_PATH, sha256(runner)), { stdin: runner });
  await run(installArgv(HELPERS_PATH, sha256(helpers)), { stdin: helpers });
}
