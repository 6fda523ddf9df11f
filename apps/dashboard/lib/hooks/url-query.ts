"use client";
// The query of the URL as state that answers at once: Next takes over a changed URL in a transition, which live data can hold up.
import { useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

export function useUrlQuery(): URLSearchParams {
  // Also draws anew whenever Next itself navigates, and then reads the URL again.
  const ofNext = useSearchParams().toString();
  const text = useSyncExternalStore(
    subscribe,
    () => window.location.search.slice(1),
    () => ofNext,
  );
  return useMemo(() => new URLSearchParams(text), [text]);
}

/** Changes the URL of this page without asking the server; "push" can be left by Back. */
export function writeUrl(url: string, how: "push" | "replace"): void {
  if (how === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}
