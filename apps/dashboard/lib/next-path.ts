// Where somebody goes after signing in: only ever a page of ours.

const HERE = "http://here.invalid";

/**
 * "/" for anything that does not lead to a page on this site. Judged by where a browser would arrive, and judged again as what is handed on:
 * "/.//host" is on this site, but its path, "//host", is not.
 */
export function nextPath(asked: string | string[] | undefined): string {
  const path = typeof asked === "string" && asked.startsWith("/") ? pathHere(asked) : undefined;
  return path !== undefined && pathHere(path) === path ? path : "/";
}

/** The path, query and fragment at which `asked` arrives, when that is on this site. */
function pathHere(asked: string): string | undefined {
  if (!URL.canParse(asked, HERE)) return undefined;
  const { origin, pathname, search, hash } = new URL(asked, HERE);
  return origin === HERE ? pathname + search + hash : undefined;
}
