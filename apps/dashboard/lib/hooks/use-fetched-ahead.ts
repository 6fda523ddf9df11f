"use client";
// Code that no page needs at first and that has to be there at once when it is needed: fetched when somebody begins to use the page.
import { useEffect } from "react";

const SIGNS = ["pointermove", "pointerdown", "keydown", "touchstart"] as const;
/** Nobody may touch the page before its session ends. */
const AT_LATEST_MS = 20_000;

/** `load` is one function for the life of the page; when it fails, whoever needs the code asks again. */
export function useFetchedAhead(load: () => Promise<unknown>): void {
  useEffect(() => {
    const begin = (): void => {
      stop();
      load().catch(() => undefined);
    };
    const timer = setTimeout(begin, AT_LATEST_MS);
    const stop = (): void => {
      clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, begin);
    };
    for (const sign of SIGNS) window.addEventListener(sign, begin, { passive: true });
    return stop;
  }, [load]);
}
