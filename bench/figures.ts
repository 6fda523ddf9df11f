// A figure: what was measured, what it is held against in the same run, and the goal that it has to reach.

export interface Figure {
  name: string;
  /** Lower is better. Undefined: this machine cannot measure it, and `how` says why. */
  value: number | undefined;
  /** `×` is a ratio of two sides of the same run, which `how` names with their own values. */
  unit: "×" | "ms" | "s" | "MiB" | "KiB" | "KB" | "";
  goal: number;
  how: string;
}

/** A ratio with both of its sides, so that the machine's own speed cancels out. */
export function ratio(
  what: { name: string; goal: number; how: string },
  { ours, against }: { ours: number; against: number },
): Figure {
  return {
    ...what,
    value: ours / against,
    unit: "×",
    how: `${what.how} (${Math.round(ours)} over ${Math.round(against)} ms)`,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] =
    sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
  return (low + high) / 2;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

export function line({ name, value, unit, goal, how }: Figure): string {
  const shown = (number: number) =>
    `${unit === "×" || number < 10 ? Number(number.toFixed(2)) : Math.round(number)}${unit === "" ? "" : ` ${unit}`}`;
  if (value === undefined) return `| ${name} | – | ≤ ${shown(goal)} | – | ${how} |`;
  return `| ${name} | ${shown(value)} | ≤ ${shown(goal)} | ${value <= goal ? "yes" : "short"} | ${how} |`;
}
