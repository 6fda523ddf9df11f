// I6: a log is what was written, from its first byte on: no gap, nothing twice, and at the end all of it.
import type { Evidence, LogFact, Violation } from "./invariants";

const CAPPED = /The output is longer than/;

export function checkLogs({ logs, guests, runs }: Evidence, changedOutput: readonly string[]): Violation[] {
  const found: Violation[] = [];
  const say = (text: string): void => void found.push({ invariant: "I6", text });
  const streams = new Map<string, LogFact[]>();
  for (const piece of logs) {
    const key = `${piece.runId} ${piece.step} ${piece.attempt} ${piece.stream}`;
    streams.set(key, [...(streams.get(key) ?? []), piece]);
  }
  const stored = new Map<string, string>();
  for (const [key, pieces] of streams) {
    let end = 0;
    for (const { byteOffset, text } of pieces.sort((a, b) => a.byteOffset - b.byteOffset)) {
      if (byteOffset > end) say(`${key}: a gap from ${end} to ${byteOffset}`);
      if (byteOffset < end) say(`${key}: bytes ${byteOffset} to ${end} are there twice`);
      end = byteOffset + Buffer.byteLength(text);
    }
    stored.set(key, pieces.map(({ text }) => text).join(""));
  }
  for (const { vmid, units } of guests) {
    for (const { name, state, output } of units) {
      const [, runId = "", step = "", attempt = ""] = /^homeport-([0-9a-f-]{36})-(.+)-(\d+)$/.exec(name) ?? [];
      const run = runs.find(({ id }) => id === runId);
      if (run === undefined || changedOutput.includes(runId)) continue;
      const kept = stored.get(`${runId} ${step} ${attempt} output`) ?? "";
      const capped = CAPPED.test(stored.get(`${runId} ${step} ${attempt} homeport`) ?? "");
      const over = state === "exited" && ["done", "done_with_warnings", "awaiting_decision", "failed"].includes(run.state);
      if (!output.startsWith(kept)) say(`${name} in guest ${vmid}: what is kept is not what it wrote, from character ${firstDifference(kept, output)} on`);
      else if (over && !capped && kept.length !== output.length) say(`${name} in guest ${vmid}: ${output.length - kept.length} characters of its end are not kept`);
    }
  }
  return found;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
