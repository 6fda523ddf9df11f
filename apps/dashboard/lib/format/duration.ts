// How long something took, in the fewest words.

/** "0.4 s", "12 s", "3 min 5 s", "2 h 10 min", "3 d 4 h". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 0.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return pair(whole, { size: 60, unit: "min" }, { size: 1, unit: "s" });
  if (whole < 86_400) return pair(whole, { size: 3_600, unit: "h" }, { size: 60, unit: "min" });
  return pair(whole, { size: 86_400, unit: "d" }, { size: 3_600, unit: "h" });
}

interface Unit {
  size: number;
  unit: string;
}

function pair(seconds: number, large: Unit, small: Unit): string {
  const rest = Math.floor((seconds % large.size) / small.size);
  const head = `${Math.floor(seconds / large.size)} ${large.unit}`;
  return rest === 0 ? head : `${head} ${rest} ${small.unit}`;
}

/** From its start to its end, or to `now` while it goes on; undefined before it started. */
export function elapsedMs(
  { startedAt, endedAt }: { startedAt: Date | null; endedAt: Date | null },
  now: Date,
): number | undefined {
  return startedAt === null ? undefined : Math.max(0, (endedAt ?? now).getTime() - startedAt.getTime());
}
