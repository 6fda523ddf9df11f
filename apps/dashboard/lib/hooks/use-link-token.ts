"use client";
// The token of a link that was mailed or handed over: out of the address bar and the history at once. Where who opens it may have to sign in first, it is
// kept for this tab until it is used; else only for this page.
import { useEffect, useState } from "react";

type Purpose = "invitation" | "address" | "reset";
const keyOf = (purpose: Purpose): string => `homeport-${purpose}`;

/** Undefined until the page is alive; null where neither address nor tab has one. */
export function useLinkToken(purpose: Purpose): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const kept = purpose !== "reset";
    const read = (): void => {
      const { hash, pathname, search } = globalThis.location;
      const found = hash.length > 1 ? hash.slice(1) : null;
      if (found !== null) {
        if (kept) globalThis.sessionStorage.setItem(keyOf(purpose), found);
        globalThis.history.replaceState(globalThis.history.state, "", pathname + search);
      }
      setToken((before) => found ?? (kept ? globalThis.sessionStorage.getItem(keyOf(purpose)) : (before ?? null)));
    };
    read();
    // An address pasted into a tab that shows this page already only changes its hash.
    globalThis.addEventListener("hashchange", read);
    return () => {
      globalThis.removeEventListener("hashchange", read);
    };
  }, [purpose]);
  return token;
}

export function forgetLink(purpose: Purpose): void {
  globalThis.sessionStorage.removeItem(keyOf(purpose));
}
