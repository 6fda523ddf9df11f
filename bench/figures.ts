// How a figure is written: a ratio with both of its sides, so that the machine's own speed cancels out.

export interface Figure {
  name: string;
  /** What is measured, in milliseconds or bytes. */
  ours: number;
  /** What it is held against, in the same unit and the same run. */
  against: number;
  unit: "ms" | "MiB";
  of: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] =
    sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
  return (low + high) / 2;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

export function line({ name, ours, against, unit, of }: Figure): string {
  return `| ${name} | ${(ours / against).toFixed(2)} | ${Math.round(ours)} ${unit} | ${Math.round(against)} ${unit} | ${of} |`;
}
