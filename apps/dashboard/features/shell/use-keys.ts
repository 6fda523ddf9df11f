"use client";
// The keyboard's shortcuts: / to the search, Ctrl-K or Cmd-K for the palette.
import { useEffect, useRef } from "react";

export const SEARCH_ID = "shell-search";

export function useKeys({ onPalette }: { onPalette: () => void }): void {
  const latest = useRef(onPalette);
  useEffect(() => {
    latest.current = onPalette;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        latest.current();
        return;
      }
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      const search = document.getElementById(SEARCH_ID);
      // On a phone the search is folded away.
      if (search?.checkVisibility()) search.focus();
      else latest.current();
    };
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", press);
    };
  }, []);
}

/** Where a slash is only a slash; dialogs keep their keys to themselves. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]") !== null
  );
}
