// I6: a log is what was written, from its first byte on: no gap, nothing twice, and at the end all of it.
import { type Evidence, type LogFact, UNIT, type Violation } from "./invariants";

const CAPPED = /The output is longer than|is not kept/;
/** Between an interrupted script and its repetition (temporal/src/activities/host/script/run-detached.ts). */
const AGAIN = "… interrupted; it begins again …";

export function checkLogs(evidence: Evidence, changedOutput: readonly string[]): Violation[] {
  const found: Violation[] = [];
  const report = (text: string): void => void found.push({ invariant: "I6", text });
  const streams = new Map<string, LogFact[]>();
  for (const piece of evidence.logs) {
    const key = `${piece.runId} ${piece.step} ${piece.stream} ${piece.attempt}`;
    streams.set(key, [...(streams.get(key) ?? []), piece]);
  }
  const stored = new Map<string, string>();
  for (const [key, pieces] of [...streams].sort(([a], [b]) => attemptOf(a) - attemptOf(b))) {
    let end = 0;
    for (const { byteOffset, text } of pieces.sort((a, b) => a.byteOffset - b.byteOffset)) {
      if (byteOffset > end) report(`${key}: a gap from ${end} to ${byteOffset}`);
      if (byteOffset < end) report(`${key}: bytes ${byteOffset} to ${end} are there twice`);
      end = byteOffset + Buffer.byteLength(text);
    }
    const step = key.replace(/ \d+$/, "");
    stored.set(step, (stored.get(step) ?? "") + pieces.map(({ text }) => text).join(""));
  }
  for (const { vmid, runId, step, units } of unitsBySteps(evidence)) {
    const run = evidence.runs.find(({ id }) => id === runId);
    if (run === undefined || changedOutput.includes(runId)) continue;
    const several = units.length > 1;
    const kept = flat(stored.get(`${runId} ${step} output`) ?? "", several);
    const written = flat(units.map(({ output }) => output).join(""), several);
    const capped = CAPPED.test(stored.get(`${runId} ${step} homeport`) ?? "");
    const over =
      units.at(-1)?.state === "exited" &&
      ["done", "done_with_warnings", "awaiting_decision", "failed"].includes(run.state);
    if (capped) continue;
    if (!written.startsWith(kept))
      report(
        `${step} of run ${runId} in guest ${vmid}: what is kept is not what it wrote, from character ${firstDifference(kept, written)} on`,
      );
    else if (over && kept.length !== written.length)
      report(
        `${step} of run ${runId} in guest ${vmid}: ${written.length - kept.length} characters of its end are not kept`,
      );
  }
  return found;
}

type Unit = Evidence["guests"][number]["units"][number];

/** Of each step its units, in the order in which they were begun. */
function unitsBySteps({ guests }: Evidence): { vmid: number; runId: string; step: string; units: Unit[] }[] {
  return guests.flatMap(({ vmid, units }) => {
    const steps = new Map<string, { order: number; unit: Unit }[]>();
    for (const unit of units) {
      const [, runId = "", step = "", attempt = "", again = "0"] = UNIT.exec(unit.name) ?? [];
      steps.set(`${runId} ${step}`, [
        ...(steps.get(`${runId} ${step}`) ?? []),
        { order: Number(attempt) * 1_000 + Number(again), unit },
      ]);
    }
    return [...steps].map(([key, list]) => {
      const [runId = "", step = ""] = key.split(" ");
      return { vmid, runId, step, units: list.sort((a, b) => a.order - b.order).map(({ unit }) => unit) };
    });
  });
}

/** Where several units follow each other, a line of ours stands between them, and perhaps a line break before it. */
function flat(text: string, several: boolean): string {
  return several ? text.replaceAll(AGAIN, "").replaceAll("\n", "") : text;
}

function attemptOf(key: string): number {
  return Number(key.split(" ").at(-1));
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
