// Runs one script inside the guest, detached from us: started once, followed by byte offset, found again after any crash.
import { isIP } from "node:net";
import { envText, putArgv, RunnerExit, sha256, startArgv, stopArgv, unitPaths } from "@homeport/guest";
import { PctError } from "@homeport/ssh";
import { StepFailure } from "../../failures";
import type { GuestAt, StepResult } from "../../step-at";
import type { ScriptUnit } from "../../step-memory";
import { countWarnings, followUnit, lastOutput } from "./follow-unit";
import { inside, installRunner, type Inside } from "./inside";
import { keepRunning } from "../create/keep-running";
import { CAUSE_LINES, rootCause } from "./root-cause";
import type { StepContext } from "../run-step";
import { together } from "../together";
import { waitReady } from "../create/wait-ready";

export interface Script {
  text: string;
  timeoutMinutes: number;
  /** For sentences: "nginx configuration". */
  title: string;
  /** Interrupted in its middle it may be run again from its beginning, unasked. */
  repeatable: boolean;
}

interface Work {
  at: GuestAt;
  script: Script;
  shell: Inside;
}

/** How often a repeatable script is begun again by itself in one attempt. */
const MOST_REPEATS = 2;

export async function runDetached(step: StepContext, at: GuestAt, script: Script): Promise<StepResult> {
  await keepRunning(step, at.vmid);
  const work: Work = { at, script, shell: inside(step, at.vmid) };
  await chooseUnit(step, work);
  try {
    const exit = await runToEnd(step, work);
    if (exit === 0) return { warnings: await countWarnings(step, work.shell) };
    throw await failure(step, work, `“${script.title}” ended with exit code ${exit}.`);
  } catch (error) {
    const { unit } = unitOf(step);
    if (isCancelled(step))
      await work.shell.exec(stopArgv(unit), { signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
    throw error;
  }
}

/** systemd and the file system take letters, digits and "-" alike. */
export function unitName({ runId, step, attempt }: GuestAt, tries = 1): string {
  return `homeport-${runId}-${step}-${attempt}${tries > 1 ? `-again-${tries - 1}` : ""}`;
}

/**
 * The unit of this attempt. One that an earlier attempt started and only lost sight of (a revoked token, say) is gone on with, as long as
 * it is the same script: its output goes on in this attempt's stream.
 */
async function chooseUnit(step: StepContext, { at, script }: Work): Promise<void> {
  const known = step.record.memory.script;
  const hash = sha256(script.text);
  if (known?.attempt === at.attempt) return;
  if (known?.startedAt !== undefined && !known.over && known.sha256 === hash) {
    await step.record.remember({ script: { ...known, attempt: at.attempt, from: 0, column: 0, full: false } });
    await step.record.log(`“${script.title}” was started by attempt ${known.attempt} already: going on with it.`);
    return;
  }
  await step.record.remember({ script: fresh(unitName(at), { attempt: at.attempt, sha256: hash, tries: 1, from: 0 }) });
}

function fresh(unit: string, more: Pick<ScriptUnit, "attempt" | "sha256" | "tries" | "from">): ScriptUnit {
  return { unit, ...more, guestOffset: 0, column: 0, full: false, overdue: false, over: false };
}

function unitOf({ record }: StepContext): ScriptUnit {
  if (record.memory.script === undefined) throw new Error("the step has chosen no unit");
  return record.memory.script;
}

/** Answers the script's exit code. */
async function runToEnd(step: StepContext, work: Work): Promise<number> {
  const { script, at, shell } = work;
  let follow = await followUnit(step, shell, unitOf(step));
  for (let missing = 0; ;) {
    const answer = await follow().catch(async (error: unknown) => {
      if (!(error instanceof PctError && error.kind === "not_running") || !(await keepRunning(step, at.vmid)))
        throw error;
      return undefined;
    });
    if (answer === undefined) continue;
    if (answer.state === "absent") {
      if (missing++ > 0)
        throw await failure(step, work, `The record of “${script.title}” vanished from the container.`);
      await begin(step, work);
    } else if (answer.state === "running") await refuseOverdue(step, work);
    else if (answer.whole) {
      if (answer.state === "exited" && answer.exit !== undefined) return answer.exit;
      await again(step, work, answer);
      follow = await followUnit(step, shell, unitOf(step));
      missing = 0;
    }
  }
}

/** Script and environment first; starting is once, whatever happened to an earlier answer. */
async function begin(step: StepContext, { shell, script, at }: Work): Promise<void> {
  const [{ spec }, { stdout }] = await together([
    step.deps.blueprint(at.containerId),
    shell.exec(["hostname", "-I"]),
    installRunner(shell),
  ]);
  const address =
    stdout
      .toString("utf8")
      .trim()
      .split(/\s+/)
      .find((one) => isIP(one) !== 0) ?? "";
  const env = envText({
    HOMEPORT_HOSTNAME: spec.hostname,
    HOMEPORT_ADDRESS: address,
    HOMEPORT_RUN: at.runId,
    HOMEPORT_ATTEMPT: String(at.attempt),
  });
  const { unit } = unitOf(step);
  const paths = unitPaths(unit);
  const put = (target: string, content: string, mode: string) =>
    shell.run(putArgv({ target, sha256: sha256(content), mode, owner: "root:root", policy: "REPLACE" }), {
      stdin: content,
    });
  await together([put(paths.script, script.text, "0700"), put(paths.env, env, "0600")]);
  await step.record.remember({ script: { ...unitOf(step), startedAt: Date.now() } });
  const { code, stderr } = await shell.exec(startArgv(unit));
  if (code === RunnerExit.internal)
    throw await failure(step, { shell, script, at }, `“${script.title}” could not be started: ${stderr.trim()}`);
  if (code !== 0)
    throw new Error(`The runner did not start it (${code ?? "no exit code"}): ${stderr.trim().slice(0, 200)}`);
}

/**
 * It neither runs nor has it left an exit code. A repeatable script becomes a unit of its own name, so that each is still started once;
 * its output follows in the same stream, behind a line that says so, and is read from its own beginning.
 */
async function again(step: StepContext, work: Work, { restarted }: { restarted: boolean }): Promise<void> {
  const { script, at } = work;
  const unit = unitOf(step);
  if (unit.overdue) throw await failure(step, work, tookTooLong(script));
  const why = restarted ? "the container restarted" : "the container restarted, or the script was killed";
  if (!script.repeatable)
    throw await failure(
      step,
      work,
      `“${script.title}” was interrupted: ${why}. Its template does not say that it may be repeated: whether it may run twice is not known. Look into CT ${at.vmid}, then retry or undo.`,
    );
  if (unit.tries > MOST_REPEATS)
    throw await failure(step, work, `“${script.title}” was interrupted ${unit.tries} times: ${why}.`);
  await step.record.log(
    `${restarted ? "The container restarted during" : "Something killed"} “${script.title}”; it is repeatable: running it again (${unit.tries} of ${MOST_REPEATS}).`,
  );
  await waitReady(step, at.vmid);
  const tries = unit.tries + 1;
  const line = Buffer.from(`${unit.column > 0 ? "\n" : ""}… interrupted; it begins again …\n`);
  const end = await step.record.end("output");
  const next = fresh(unitName(at, tries), { attempt: at.attempt, sha256: unit.sha256, tries, from: end + line.length });
  await step.record.append("output", { at: end, bytes: line, memory: { script: next } });
}

async function refuseOverdue(step: StepContext, work: Work): Promise<void> {
  const { shell, script } = work;
  const unit = unitOf(step);
  if (unit.startedAt === undefined || Date.now() - unit.startedAt <= script.timeoutMinutes * 60_000) return;
  await step.record.remember({ script: { ...unit, overdue: true } });
  await shell.exec(stopArgv(unit.unit));
  throw await failure(step, work, tookTooLong(script));
}

const tookTooLong = ({ title, timeoutMinutes }: Script) =>
  `“${title}” took longer than its ${timeoutMinutes} minutes and was stopped.`;

/** Its failure is reported: whoever retries begins the script anew. */
async function failure(step: StepContext, { shell, at }: Work, words: string): Promise<StepFailure> {
  const reported = await lastOutput(step, shell, unitOf(step));
  // First: the end of the output speaks of what followed from it, and a long text is cut at its end.
  const cause = rootCause(
    await step.record.linesLike(CAUSE_LINES, unitOf(step).from),
    (await step.deps.blueprint(at.containerId)).spec,
  );
  await step.record.remember({ script: { ...unitOf(step), over: true } });
  return new StepFailure(`${cause === undefined ? "" : `${cause} `}${words}${reported}`);
}

function isCancelled({ signal }: StepContext): boolean {
  // On the shutdown of a worker the script goes on; whoever continues the step finds it.
  return signal.aborted && signal.reason instanceof Error && signal.reason.message === "CANCELLED";
}
