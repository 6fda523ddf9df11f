"use client";
// What changes many times within a moment is read once, and once more at its end.
import { useEffect, useRef } from "react";

/** Ticks that come faster than this are answered together. */
const CALM_MS = 300;

/** Calls `act` at once, and once more for all calls that come within `CALM_MS` of it. */
export function useCalm(act: () => void): () => void {
  const latest = useRef(act);
  const state = useRef<{ timer: ReturnType<typeof setTimeout> | undefined; again: boolean }>({
    timer: undefined,
    again: false,
  });
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const own = state.current;
    return () => {
      clearTimeout(own.timer);
      own.timer = undefined;
    };
  }, []);
  return () => {
    const own = state.current;
    if (own.timer !== undefined) {
      own.again = true;
      return;
    }
    const open = (): void => {
      own.timer = setTimeout(() => {
        own.timer = undefined;
        if (!own.again) return;
        own.again = false;
        latest.current();
        open();
      }, CALM_MS);
    };
    latest.current();
    open();
  };
}
