// Turns every failure into what a person may read, once: a code, a sentence, the inputs at fault. Nothing else gets out.
// Errors are known by brand, name and code, never by class: what was thrown may come from another bundle's copy of it.
import { randomUUID } from "node:crypto";
import { isDatabaseAway } from "@homeport/db/database-away";
import { holdsZeroByte, isKnownError, uniqueIndex } from "@homeport/db/known-error";
import { AppError, isAppError, type AppErrorCode } from "@homeport/domain/error";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { ZodError } from "zod";

const trpcCode = {
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  invalid: "BAD_REQUEST",
  too_many_requests: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<AppErrorCode, TRPCError["code"]>;

/** Seconds until a client asks again when a failure names none of its own: the database or the engine is away. */
const AWAY_RETRY_S = 5;

type Report = (id: string, error: unknown) => void;

const EXPLAINED: unique symbol = Symbol.for("homeport.Explained");

/** Its message is for the screen already: passes through `explain` unchanged. `cause` is what it was made of. */
class Explained extends TRPCError {
  readonly [EXPLAINED] = true;
}

/** Whatever was thrown, as an error whose message a person may read. What is not expected is reported. */
export function explain(thrown: unknown, report: Report): TRPCError {
  if (isTrpcError(thrown) && EXPLAINED in thrown) return thrown;
  const cause = isTrpcError(thrown) && thrown.cause !== undefined ? thrown.cause : thrown;
  // A ZodError that tRPC met in the input is the person's to mend; one from a stored row is ours.
  const expected = isZodError(cause) ? inputError(thrown, cause) : toAppError(cause);
  if (expected) return new Explained({ code: trpcCode[expected.code], message: expected.message, cause: expected });
  const refused = isTrpcError(thrown) ? ownRefusal(thrown) : undefined;
  if (refused) return refused;
  const id = randomUUID().slice(0, 8);
  report(id, cause);
  return new Explained({
    code: "INTERNAL_SERVER_ERROR",
    message: `Internal error ${id}; details are in Homeport's log under this number.`,
  });
}

/** The same check that tRPC itself makes where copies may differ (its getTRPCErrorFromUnknown). */
function isTrpcError(error: unknown): error is TRPCError {
  return error instanceof Error && error.name === "TRPCError";
}

function isZodError(error: unknown): error is ZodError {
  return error instanceof Error && error.name === "ZodError" && "issues" in error;
}

function inputError(thrown: unknown, cause: ZodError): AppError | undefined {
  if (!isTrpcError(thrown) || thrown.code !== "BAD_REQUEST") return undefined;
  return new AppError("input.invalid", "Some of the input is not right.", { fields: fieldsOf(cause), cause });
}

/** What tRPC refuses before a procedure runs; a page of ours meets it only when it is of another version than the server. */
function ownRefusal(error: TRPCError): TRPCError | undefined {
  const message = refusals[error.code];
  return message === undefined ? undefined : new Explained({ code: error.code, message, cause: error });
}

const refusals: Partial<Record<TRPCError["code"], string>> = {
  NOT_FOUND: "Homeport knows no such call. This page may be of another version. Reload the page.",
  METHOD_NOT_SUPPORTED: "Homeport does not take this call by this HTTP method. Reload the page.",
  UNSUPPORTED_MEDIA_TYPE: "Homeport takes only application/json here. Reload the page.",
  PARSE_ERROR: "The request cannot be read: it is not JSON. Reload the page.",
  BAD_REQUEST: "The request cannot be read, or holds too many calls at once. Reload the page.",
  PAYLOAD_TOO_LARGE: "The request is too large.",
  CLIENT_CLOSED_REQUEST: "The request was given up before it was answered.",
};

function toAppError(cause: unknown): AppError | undefined {
  if (isAppError(cause)) return cause;
  if (isDatabaseAway(cause))
    return new AppError("database.away", "The database does not answer. Try again in a moment.", {
      cause,
      retryAfterS: AWAY_RETRY_S,
    });
  if (isKnownError(cause, "P2002"))
    return new AppError(
      "write.conflict",
      conflicts[uniqueIndex(cause) ?? ""] ?? "Already changed by someone else. Reload.",
      { cause },
    );
  if (holdsZeroByte(cause))
    return new AppError("input.invalid", "A text holds a zero byte, which nothing here can. Type it again.", { cause });
  // A deadlock, or two who wrote the same row: PostgreSQL ended one of them.
  if (isKnownError(cause, "P2034"))
    return new AppError("write.conflict", "Someone else changed this at the same moment. Try again.", { cause });
  // A foreign key: what it belongs to was deleted meanwhile.
  if (isKnownError(cause, "P2003") || isKnownError(cause, "P2025"))
    return new AppError("write.gone", "It is not there any more.", { cause });
  return undefined;
}

const conflicts: Record<string, string> = {
  proxmox_node_live_name: "You have a node of this name already.",
  container_live_vmid: "This VMID was taken a moment ago.",
  run_one_active_per_container: "Another operation on this container is not finished.",
  Run_userId_requestKey_key: "This click was taken already.",
  IdempotencyKey_pkey: "This click arrived twice at the same moment. Reload.",
};

function fieldsOf(error: ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  return fields;
}

/** What the browser finds under `data` besides tRPC's own. */
export function errorData(error: TRPCError) {
  const cause = isAppError(error.cause) ? error.cause : undefined;
  return {
    appCode: cause?.code ?? null,
    refusal: cause?.refusal ?? null,
    fields: cause?.details.fields ?? null,
    changes: cause?.details.changes ?? null,
    exists: cause?.details.exists ?? null,
    retryAfterS: cause?.details.retryAfterS ?? null,
  };
}

/** The HTTP status of an explained error, and for 429 and 503 the seconds of its Retry-After header (RFC 9110, 10.2.3). */
export function httpOf(error: TRPCError): { status: number; retryAfterS: number | undefined } {
  const status = getHTTPStatusCodeFromError(error);
  return {
    status,
    retryAfterS: status === 429 || status === 503 ? (errorData(error).retryAfterS ?? AWAY_RETRY_S) : undefined,
  };
}
