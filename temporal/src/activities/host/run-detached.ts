// Runs one script inside the guest, detached from us: started once, followed by byte offset, found again after any crash.
import { sleep } from "@temporalio/activity";
import { envText, followArgv, type FollowAnswer, parseFollow, putArgv, RunnerExit, sha256, startArgv, stopArgv, unitPaths } from "@homeport/guest";
import type { GuestAt, StepResult } from "../step-at";
import { StepFailure } from "../failures";
import { requireGuest } from "./guest";
import { inside, installRunner, type Inside } from "./inside";
import type { Step } from "./run-step";
import { wholeCharacters } from "./whole-characters";

export interface Script {
  text: string;
  timeoutMinutes: number;
  /** For sentences: "nginx configuration". */
  title: string;
}

const CHUNK_BYTES = 65_536;
const FOLLOW_S = 10;
/** What the rows keep of one attempt's output; the rest stays in the container. */
export const MOST_OUTPUT_BYTES = 5 * 1024 * 1024;
const TAIL_CHARS = 300;

export async function runDetached(step: Step, at: GuestAt, script: Script): Promise<StepResult> {
  await requireGuest(step, at.vmid);
  const door = await inside(step, at.vmid);
  const unit = unitName(at);
  try {
    const exit = await runToEnd(step, { door, unit, script, at });
    const warnings = await step.book.warnings();
    if (exit === 0) return { warnings };
    throw new StepFailure(`“${script.title}” ended with exit code ${exit}.${await tail(step, door, unit)}`);
  } catch (error) {
    if (isCancelled(step)) await inside(step, at.vmid).then((again) => again.exec(stopArgv(unit), { signal: AbortSignal.timeout(30_000) })).catch(() => undefined);
    throw error;
  }
}

/** systemd and the file system take letters, digits and "-" alike. */
export function unitName({ runId, step, attempt }: GuestAt): string {
  return `homeport-${runId}-${step}-${attempt}`;
}

interface Unit {
  door: Inside;
  unit: string;
  script: Script;
  at: GuestAt;
}

/** Answers the script's exit code. */
async function runToEnd(step: Step, what: Unit): Promise<number> {
  const { door, unit, script } = what;
  let offset = await step.book.end("output");
  let capped = offset >= MOST_OUTPUT_BYTES;
  for (let missing = 0; ; ) {
    const answer = await look(door, unit, offset);
    if (answer.state === "absent") {
      if (missing++ > 0) throw new StepFailure(`The record of “${script.title}” vanished from the container.`);
      await begin(step, what);
      continue;
    }
    const ended = answer.state !== "running";
    const bytes = wholeCharacters(answer.bytes, ended && offset + answer.bytes.length >= answer.size);
    if (bytes.length > 0 && !capped) {
      offset = await step.book.append("output", offset, bytes);
      capped = offset >= MOST_OUTPUT_BYTES;
      if (capped) await step.book.say(`The output is longer than ${MOST_OUTPUT_BYTES / 1024 ** 2} MiB: the rest stays in the container, at ${unitPaths(unit).script.replace(/script$/, "output")}.`);
    }
    if (capped) offset = answer.size;
    if (ended && offset >= answer.size) return exitOf(answer, script);
    // Nothing but half a character: its other half comes with the next bytes.
    if (bytes.length === 0 && answer.bytes.length > 0 && !capped) await sleep(100);
    if (!ended) await refuseOverdue(step, what);
  }
}

async function look(door: Inside, unit: string, offset: number): Promise<FollowAnswer> {
  const { code, stdout, stderr } = await door.exec(followArgv(unit, { offset, maxBytes: CHUNK_BYTES, waitSeconds: FOLLOW_S }));
  if (code === 0) return parseFollow(stdout);
  // No runner: nothing was started yet, as it is installed first.
  if (code === 127 || (code === 2 && /runner/.test(stderr))) return { state: "absent", size: 0, bytes: Buffer.alloc(0) };
  throw new Error(`The runner cannot be asked (${code ?? "no exit code"}): ${stderr.trim().slice(0, 200)}`);
}

/** Script and environment first; starting is once, whatever happened to an earlier answer. */
async function begin(step: Step, { door, unit, script, at }: Unit): Promise<void> {
  await installRunner(door);
  const { template: _, spec } = await step.deps.blueprint(at.containerId);
  const address = await addressInside(door);
  const env = envText({ HOMEPORT_HOSTNAME: spec.hostname, HOMEPORT_ADDRESS: address, HOMEPORT_RUN: at.runId, HOMEPORT_ATTEMPT: String(at.attempt) });
  const paths = unitPaths(unit);
  for (const [target, content, mode] of [[paths.script, script.text, "0700"], [paths.env, env, "0600"]] as const) {
    await door.run(putArgv({ target, sha256: sha256(content), mode, owner: "root:root", policy: "REPLACE" }), { stdin: content });
  }
  await step.book.remember({ scriptStartedAt: Date.now() });
  const { code, stderr } = await door.exec(startArgv(unit));
  if (code === RunnerExit.internal) throw new StepFailure(`“${script.title}” could not be started: ${stderr.trim()}`);
  if (code !== 0) throw new Error(`The runner did not start it (${code ?? "no exit code"}): ${stderr.trim().slice(0, 200)}`);
}

async function addressInside(door: Inside): Promise<string> {
  const { stdout } = await door.exec(["hostname", "-I"]);
  return stdout.toString("utf8").trim().split(/\s+/)[0] ?? "";
}

async function refuseOverdue(step: Step, { door, unit, script }: Unit): Promise<void> {
  const startedAt = step.book.memory.scriptStartedAt;
  if (startedAt === undefined || Date.now() - startedAt <= script.timeoutMinutes * 60_000) return;
  await door.exec(stopArgv(unit));
  throw new StepFailure(`“${script.title}” took longer than its ${script.timeoutMinutes} minutes and was stopped.`);
}

function exitOf({ state, exit }: FollowAnswer, { title }: Script): number {
  if (state === "exited" && exit !== undefined) return exit;
  throw new StepFailure(`“${title}” was interrupted: the container restarted, or the script was killed. Retry runs it again from its beginning.`);
}

/** The end of what it said, for the message. */
async function tail(step: Step, door: Inside, unit: string): Promise<string> {
  const end = await step.book.end("output");
  const answer = await look(door, unit, Math.max(0, end - 2_000)).catch(() => undefined);
  const lines = answer?.bytes.toString("utf8").trim().split("\n") ?? [];
  const text = lines.slice(-3).join(" · ").slice(-TAIL_CHARS);
  return text === "" ? "" : ` It said last: ${text}`;
}

function isCancelled({ signal }: Step): boolean {
  // On the shutdown of a worker the script goes on; whoever continues the step finds it.
  return signal.aborted && signal.reason instanceof Error && signal.reason.message === "CANCELLED";
}
