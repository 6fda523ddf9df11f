"use client";
// The token of an invitation's link: out of the address bar and the history at once, and kept for this tab until it is used, so that it
// is still there after signing in.
import { useEffect, useState } from "react";

const KEY = "homeport-invitation";

/** Undefined until the page is alive; null where neither address nor tab has one. */
export function useInvitationToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const read = (): void => {
      const { hash, pathname, search } = globalThis.location;
      if (hash.length > 1) {
        globalThis.sessionStorage.setItem(KEY, hash.slice(1));
        globalThis.history.replaceState(globalThis.history.state, "", pathname + search);
      }
      setToken(globalThis.sessionStorage.getItem(KEY));
    };
    read();
    // An address pasted into a tab that shows this page already only changes its hash.
    globalThis.addEventListener("hashchange", read);
    return () => {
      globalThis.removeEventListener("hashchange", read);
    };
  }, []);
  return token;
}

export function forgetInvitation(): void {
  globalThis.sessionStorage.removeItem(KEY);
}
