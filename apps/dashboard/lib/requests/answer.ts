// What an error says of the request: refused, and so not done; or nothing at all.
import type { ApiError } from "../trpc";

/** The server read the request and refused it: nothing was done. Without an answer, or with one about a failure on its side, that is not known. */
export function isRefused(error: ApiError): boolean {
  const code = error.data?.appCode;
  return code !== undefined && code !== null && code !== "unavailable";
}

/** `refused`: what is true when nothing was done, "Nothing was created." */
export function outcomeTitle(error: ApiError, refused: string): string {
  return isRefused(error) ? refused : "It is not known whether this was done.";
}
