// From when on a lease is pressed on people: when the first mail goes out.
import { WARNED_BEFORE_MS } from "@homeport/domain/lease/next-act";

export function endsSoon(endsAt: Date, nowMs: number): boolean {
  return endsAt.getTime() - nowMs <= Math.max(...WARNED_BEFORE_MS);
}
