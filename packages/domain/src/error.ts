// Failures that we expect and can explain: each is named in refusals.ts and has one of a closed set of codes, which the API translates once.
import type { PlanChange } from "./plan/plan-changes";
import { refusals, type AppErrorCode, type Refusal } from "./refusals";

export { AppErrorCodes, type AppErrorCode, type Refusal } from "./refusals";

/** One per process, whoever asks: Next bundles pages, route handlers, proxy and instrumentation apart, and each bundle has a class of its own. */
const APP_ERROR: unique symbol = Symbol.for("homeport.AppError");

/** What stands in the way of a request, with its own page. */
export interface Existing {
  type: "run" | "batch";
  id: string;
  /** As it is listed: "Create web-1", "web-{1..3}". */
  name: string;
}

/** Where something was refused to somebody who sees the place. */
export interface Place {
  organizationId?: string;
  projectId?: string;
}

/** A failure we expect. `message` is written for the person at the screen; `fields` names inputs at fault, `changes` what moved since they looked, `exists` what was there first. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly [APP_ERROR] = true;

  readonly code: AppErrorCode;

  /** `refusal`: its name in the catalogue (refusals.ts), which gives the code. */
  constructor(
    readonly refusal: Refusal,
    message: string,
    readonly details: {
      fields?: Record<string, string>;
      changes?: PlanChange[];
      exists?: Existing;
      retryAfterS?: number;
      /** For the audit log; no answer holds it. */
      place?: Place;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = refusals[refusal];
  }
}

/** True for an AppError of any copy of this module. `instanceof` is false for one that another bundle made; lint refuses it. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && APP_ERROR in error;
}
