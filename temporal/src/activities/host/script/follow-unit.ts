// Reads a unit's output from inside the guest and stores it: from where the rows are, whole, without secrets, as much as is kept.
import {
  followArgv,
  type FollowAnswer,
  parseFollow,
  parseSecrets,
  secretsArgv,
  unitPaths,
  warningsArgv,
} from "@homeport/guest";
import { StepFailure } from "../../failures";
import { withoutColours } from "../../output/harmless";
import { openOutputText } from "../../output/output-text";
import type { ScriptUnit } from "../../step-memory";
import type { Inside } from "./inside";
import type { StepContext } from "../run-step";

const CHUNK_BYTES = 262_144;
const FOLLOW_S = 10;
/** What the rows keep of one attempt's output; the rest stays in the container. */
export const MOST_OUTPUT_BYTES = 5 * 1024 * 1024;
/** An unfinished line (a question, a progress bar) is shown when nothing was for so long. */
const UNFINISHED_S = 4;
/** Of secrets that a container's helpers hid: what the walk over its output can carry. The file of them has repetitions. */
const MOST_SECRETS = 500;
const MOST_SECRET_CHARS = 32_768;
const MOST_HIDDEN_BYTES = 1024 ** 2;
const TOO_MANY_SECRETS = `The container's scripts hid more than ${MOST_SECRETS} secrets, or more than ${MOST_SECRET_CHARS / 1024} KiB of them: so many cannot be taken out of the output, which is therefore not shown. Let the script make fewer, empty /var/lib/homeport/hidden in the container, then retry.`;
const TAIL_BYTES = 4_000;
const TAIL_CHARS = 300;

/**
 * Reads on from what `memory.script` says, which is written together with each piece. What it answers is called again and again: it
 * waits for news, stores it, and answers the unit's state; `whole`: it has ended and all of it is stored.
 */
export async function followUnit(step: StepContext, shell: Inside, script: ScriptUnit) {
  const { record, redactor } = step;
  const output = openOutputText(script, redactor);
  const secrets = watchSecrets(step, shell);
  let end = await record.end("output");
  let { full } = script;
  let shownAt = Date.now();

  const store = async (how: "lines" | "now" | "end"): Promise<void> => {
    const { text, place } = output.take(how);
    if (text === "") return;
    shownAt = Date.now();
    const bytes = Buffer.from(text);
    full = end + bytes.length > MOST_OUTPUT_BYTES;
    const memory = full ? { ...current(step, script), full } : { ...current(step, script), ...place };
    end = await record.append("output", { at: end, bytes: full ? Buffer.alloc(0) : bytes, memory: { script: memory } });
    if (full)
      await record.log(
        `The output is longer than the ${MOST_OUTPUT_BYTES / 1024 ** 2} MiB that are kept here: the rest stays in the container, at ${outputPath(script)}.`,
      );
  };

  return async (): Promise<FollowAnswer & { whole: boolean }> => {
    const offset = full ? Number.MAX_SAFE_INTEGER : output.next;
    const answer = await ask(shell, script.unit, {
      offset,
      maxBytes: full ? 0 : CHUNK_BYTES,
      waitSeconds: output.holds ? UNFINISHED_S : FOLLOW_S,
    });
    await secrets.refresh(answer.secrets);
    const ended = answer.state !== "running" && answer.state !== "absent";
    if (!full) {
      output.feed(answer.bytes);
      const read = ended && output.next >= answer.size;
      const late = output.holds && Date.now() - shownAt > UNFINISHED_S * 1_000;
      const midway = late ? "now" : "lines";
      await store(read ? "end" : midway);
      return { ...answer, whole: read };
    }
    if (ended) await noteRest(step, script, answer);
    return { ...answer, whole: ended };
  };
}

/** The end of what it said, for a message; read anew, since the rows may not keep it. */
export async function lastOutput(step: StepContext, shell: Inside, script: ScriptUnit): Promise<string> {
  const { size } = await ask(shell, script.unit, { offset: 0, maxBytes: 0, waitSeconds: 0 });
  const { bytes } = await ask(shell, script.unit, {
    offset: Math.max(0, size - TAIL_BYTES),
    maxBytes: TAIL_BYTES,
    waitSeconds: 0,
  });
  const output = openOutputText({ guestOffset: 0, column: 0 }, step.redactor);
  output.feed(bytes);
  const lines = output
    .take("end")
    .text.trim()
    .split("\n")
    .slice(size > TAIL_BYTES ? 1 : 0);
  const text = withoutColours(lines.slice(-3).join(" · ")).slice(-TAIL_CHARS);
  return text === "" ? "" : ` It said last: ${text}`;
}

/** Warnings of this try, also of those in the part that the rows do not keep. */
export async function countWarnings(step: StepContext, shell: Inside): Promise<number> {
  const { script } = step.record.memory;
  if (script?.full) return Number((await shell.run(warningsArgv(script.unit))).stdout.toString("utf8").trim()) || 0;
  return step.record.warnings(script?.from ?? 0);
}

function outputPath({ unit }: { unit: string }): string {
  return unitPaths(unit).script.replace(/script$/, "output");
}

/** As remembered now: what else became known of it meanwhile stays. */
const current = ({ record }: StepContext, script: ScriptUnit): ScriptUnit => record.memory.script ?? script;

/** Says in the stream itself, once, that it ends early. */
async function noteRest(step: StepContext, script: ScriptUnit, { size, dropped }: FollowAnswer): Promise<void> {
  const { record } = step;
  const memory = current(step, script);
  const rest = size + dropped - memory.guestOffset;
  if (rest <= 0) return;
  const where = dropped > 0 ? `the first ${Math.round(size / 1024 ** 2)} MiB of the output are` : "the whole output is";
  const line = `${memory.column > 0 ? "\n" : ""}… ${rest}${dropped > 0 ? " or more" : ""} bytes more were not kept; ${where} in the container at ${outputPath(script)}\n`;
  await record.append("output", {
    at: await record.end("output"),
    bytes: Buffer.from(line),
    memory: { script: { ...memory, guestOffset: size + dropped, column: 0 } },
  });
}

async function ask(
  shell: Inside,
  unit: string,
  at: { offset: number; maxBytes: number; waitSeconds: number },
): Promise<FollowAnswer> {
  const { code, stdout, stderr } = await shell.exec(followArgv(unit, at));
  if (code === 0) return parseFollow(stdout);
  // No runner: nothing was started yet, as it is installed first.
  if (code === 127 || (code === 2 && /runner/.test(stderr)))
    return { state: "absent", size: 0, dropped: 0, restarted: false, secrets: 0, bytes: Buffer.alloc(0) };
  throw new Error(`The runner cannot be asked (${code ?? "no exit code"}): ${stderr.trim().slice(0, 200)}`);
}

/** A helper hides a value before it can be printed, so what is hidden after a look covers all that the look has read. */
function watchSecrets({ redactor }: StepContext, shell: Inside): { refresh(size: number): Promise<void> } {
  let known = 0;
  return {
    async refresh(size) {
      if (size <= known) return;
      const { stdout, truncated } = await shell.run(secretsArgv(), { maxBytes: MOST_HIDDEN_BYTES });
      const values = new Set(parseSecrets(stdout));
      // What cannot be taken out must not be shown either: the step stops before these bytes are stored.
      if (truncated || values.size > MOST_SECRETS || [...values].join("").length > MOST_SECRET_CHARS)
        throw new StepFailure(TOO_MANY_SECRETS);
      redactor.add(values);
      known = size;
    },
  };
}
