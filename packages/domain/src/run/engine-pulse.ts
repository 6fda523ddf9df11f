// Whether work moves, from what the rows show: signs of life of the workers, and how long the oldest accepted run has waited to begin.

interface Beat {
  part: string;
  /** Since its last sign of life. */
  ageMs: number;
  /** The longest that its process was busy with one thing lately. */
  lagMs: number;
}

export interface Pulse {
  beats: readonly Beat[];
  /** Since the oldest queued run was accepted; null: none waits. */
  oldestQueuedMs: number | null;
}

export interface Verdict {
  /** False: nothing moves. */
  ok: boolean;
  /** Of what is slow or stands, in a sentence; null when all moves. */
  reason: string | null;
}

/** A worker beats every 5 s. */
const SILENT_MS = 20_000;
const BUSY_MS = 2_000;
const QUEUED_MS = 30_000;

const what: Record<string, string> = {
  runs: "The worker that carries out runs",
  nodes: "The node watcher",
};

/** Of a worker that Temporal knows: which of them stands, which is slow. One that never beat is of before, and is not judged. */
export function judgePulse({ beats, oldestQueuedMs }: Pulse): Verdict {
  const silent = beats.filter(({ ageMs }) => ageMs > SILENT_MS);
  const runs = silent.find(({ part }) => part === "runs");
  if (runs)
    return {
      ok: false,
      reason: `${what.runs} has given no sign of life for ${seconds(runs.ageMs)}: runs stand still until it is back.`,
    };
  const [other] = silent;
  if (other)
    return {
      ok: true,
      reason: `${what[other.part] ?? "A worker"} has given no sign of life for ${seconds(other.ageMs)}: what is shown of nodes may be old, and plans wait. Runs go on.`,
    };
  const busy = beats.find(({ lagMs }) => lagMs > BUSY_MS);
  if (busy)
    return {
      ok: true,
      reason: `${what[busy.part] ?? "A worker"} was busy with one thing for ${seconds(busy.lagMs)}: work goes on, slower than usual.`,
    };
  if (oldestQueuedMs !== null && oldestQueuedMs > QUEUED_MS)
    return {
      ok: true,
      reason: `The oldest accepted run has waited ${seconds(oldestQueuedMs)} to begin: more was asked for than the engine begins at once, or it is slow.`,
    };
  return { ok: true, reason: null };
}

const seconds = (ms: number): string =>
  ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
