"use client";
// Cards or rows: what this browser was last set to.
import { useCallback, useSyncExternalStore } from "react";

export type Layout = "cards" | "rows";

const KEY = "homeport:containers-layout";
const listeners = new Set<() => void>();

export function useLayout(): [Layout, (layout: Layout) => void] {
  const layout = useSyncExternalStore(subscribe, read, (): Layout => "cards");
  const set = useCallback((next: Layout) => {
    try {
      window.localStorage.setItem(KEY, next);
    } catch {
      // A browser that keeps nothing forgets the choice with the page.
    }
    for (const listener of listeners) listener();
  }, []);
  return [layout, set];
}

function read(): Layout {
  try {
    return window.localStorage.getItem(KEY) === "rows" ? "rows" : "cards";
  } catch {
    return "cards";
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
