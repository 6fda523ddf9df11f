// Where somebody goes after signing in: only ever a page of ours.

/** "/" for anything that is not a path on this site; "//host" and "/\host" would be another one. */
export function nextPath(asked: string | string[] | undefined): string {
  if (typeof asked !== "string" || !/^\/(?![/\\])/.test(asked)) return "/";
  const url = new URL(asked, "http://here.invalid");
  return url.host === "here.invalid" ? url.pathname + url.search + url.hash : "/";
}
