// Light, dark, or as the system; kept in a cookie, so that the server's first paint is right.
export type Theme = "system" | "light" | "dark";

export const THEME_COOKIE = "homeport-theme";

export function toTheme(kept: string | undefined): Theme {
  return kept === "light" || kept === "dark" ? kept : "system";
}
