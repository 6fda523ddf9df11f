"use client";
// The theme, as chosen here and as shown on this machine now.
import { createContext, use, useState, useSyncExternalStore, type ReactNode } from "react";
import { THEME_COOKIE, type Theme } from "../../components/theme";

interface Chosen {
  theme: Theme;
  setTheme: (theme: Theme) => void;
}
const ThemeContext = createContext<Chosen>({ theme: "system", setTheme: () => undefined });
const YEAR_S = 31_536_000;

/** `theme`: what the server found in the cookie. */
export function ThemeProvider({ theme: first, children }: { theme: Theme; children: ReactNode }) {
  const [theme, choose] = useState(first);
  const setTheme = (next: Theme): void => {
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${next === "system" ? 0 : YEAR_S}; samesite=lax`;
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    choose(next);
  };
  return <ThemeContext value={{ theme, setTheme }}>{children}</ThemeContext>;
}

export function useTheme(): Chosen & { shown: "light" | "dark" } {
  const chosen = use(ThemeContext);
  const system = useSyncExternalStore(
    subscribe,
    () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
    () => "light" as const,
  );
  return { ...chosen, shown: chosen.theme === "system" ? system : chosen.theme };
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", listener);
  return () => {
    query.removeEventListener("change", listener);
  };
}
