"use client";
// The token of a link that was mailed or handed over: out of the address bar and the history at once, and kept for this tab until it is used,
// so that it is still there after signing in or reloading.
import { useEffect, useState } from "react";

type Purpose = "invitation" | "reset" | "address";
const keyOf = (purpose: Purpose): string => `homeport-${purpose}`;

/** Undefined until the page is alive; null where neither address nor tab has one. */
export function useLinkToken(purpose: Purpose): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const read = (): void => {
      const { hash, pathname, search } = globalThis.location;
      if (hash.length > 1) {
        globalThis.sessionStorage.setItem(keyOf(purpose), hash.slice(1));
        globalThis.history.replaceState(globalThis.history.state, "", pathname + search);
      }
      setToken(globalThis.sessionStorage.getItem(keyOf(purpose)));
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
