// A failure as the answer of a route that is no procedure, such as a download: its status and its sentence as text.
import type { Deps } from "./deps";
import { explain, httpOf } from "./explain";

/** `path` names the route in the log, where what nobody expected is written. */
export function plainRefusal(thrown: unknown, { path, deps }: { path: string; deps: Pick<Deps, "log"> }): Response {
  const error = explain(thrown, (id, cause) => {
    deps.log({ id, path, error: cause });
  });
  const { status, retryAfterS } = httpOf(error);
  const headers = new Headers({ "content-type": "text/plain; charset=utf-8", "cache-control": "private, no-store" });
  if (retryAfterS !== undefined) headers.set("retry-after", String(retryAfterS));
  return new Response(`${error.message}\n`, { status, headers });
}
