"use client";
// The one-time token of the demo address: read once, and gone from the address bar and the history before anything is sent.
import { useEffect, useRef } from "react";

const PREFIX = "#demo=";

export function useDemoToken(use: (token: string) => void): void {
  const latest = useRef(use);
  useEffect(() => {
    latest.current = use;
  });
  useEffect(() => {
    const read = (): void => {
      const { hash, pathname, search } = globalThis.location;
      if (!hash.startsWith(PREFIX)) return;
      globalThis.history.replaceState(globalThis.history.state, "", pathname + search);
      latest.current(hash.slice(PREFIX.length));
    };
    read();
    // An address pasted into a tab that shows this page already only changes its hash.
    globalThis.addEventListener("hashchange", read);
    return () => {
      globalThis.removeEventListener("hashchange", read);
    };
  }, []);
}
