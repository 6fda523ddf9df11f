// Sizes, shares and ages as the screens write them.

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** "0 B", "512 MiB", "1.5 GiB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 2 ** (10 * power);
  return `${value < 10 && power > 0 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${units[power]}`;
}

/** "216 of 512 MiB": both in the unit of the whole, which is said once. */
export function formatUsed(used: number, whole: number): string {
  const text = formatBytes(whole);
  const power = units.findIndex((unit) => text.endsWith(` ${unit}`));
  const value = used / 2 ** (10 * power);
  return `${value < 10 && power > 2 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} of ${text}`;
}

/** "3 %"; what is more than nothing is never "0 %". */
export function formatShare(fraction: number): string {
  const percent = Math.round(fraction * 100);
  return percent === 0 && fraction > 0.0005 ? "< 1 %" : `${percent} %`;
}

/** Two slow polls of a node: what is older is said to be. */
export const SAY_AGE_AFTER_MS = 120_000;

/** "4 min ago" of something seen `ageMs` ago. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}
