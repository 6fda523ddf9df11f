// The time that ages are counted from: this machine's, until whoever knows a better one sets it.

let clock: () => number = Date.now;

/** Milliseconds since the epoch. */
export function clockNow(): number {
  return clock();
}

export function setClock(next: () => number): void {
  clock = next;
}

/** A moment that was noted with this machine's own clock, on the clock that is set. */
export function fromOwnClock(ms: number): Date {
  return new Date(ms + clock() - Date.now());
}
