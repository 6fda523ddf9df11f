// How full something may be before it is shown as such.

/** `fraction`: 0 to 1. */
export function usageTone(fraction: number): "bad" | "wait" | "neutral" {
  if (fraction > 0.9) return "bad";
  return fraction > 0.75 ? "wait" : "neutral";
}
