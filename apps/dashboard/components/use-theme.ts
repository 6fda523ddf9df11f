"use client";
// Light, dark, or as the system: chosen here, kept in this browser.
import { useSyncExternalStore } from "react";
import { THEME_KEY } from "./theme-script";

export type Theme = "system" | "light" | "dark";

const listeners = new Set<() => void>();

/** `shown` is what the choice comes to on this machine now. */
export function useTheme(): { theme: Theme; shown: "light" | "dark"; setTheme: (theme: Theme) => void } {
  const theme = useSyncExternalStore(subscribe, read, () => "system" as const);
  const shown = useSyncExternalStore(subscribe, resolve, () => "light" as const);
  return { theme, shown, setTheme };
}

function setTheme(theme: Theme): void {
  if (theme === "system") localStorage.removeItem(THEME_KEY);
  else localStorage.setItem(THEME_KEY, theme);
  changed();
}

function read(): Theme {
  const kept = localStorage.getItem(THEME_KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function resolve(): "light" | "dark" {
  const theme = read();
  if (theme !== "system") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function changed(): void {
  document.documentElement.dataset.theme = resolve();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  listeners.add(listener);
  system.addEventListener("change", changed);
  // Another tab chose.
  window.addEventListener("storage", changed);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", changed);
    window.removeEventListener("storage", changed);
  };
}
