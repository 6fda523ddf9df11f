// Failures that we expect and can explain, with a closed set of codes; the API translates each code once.
import type { PlanChange } from "./plan-changes";

export const AppErrorCodes = [
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "invalid",
  "too_many_requests",
  "unavailable",
] as const;
export type AppErrorCode = (typeof AppErrorCodes)[number];

/** A failure we expect. `message` is written for the person at the screen; `fields` names inputs at fault, `changes` what moved since they looked. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: AppErrorCode,
    message: string,
    readonly details: { fields?: Record<string, string>; changes?: PlanChange[]; retryAfterS?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
  }
}
