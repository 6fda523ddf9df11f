// Turns every failure into what a person may read, once: a code, a sentence, the inputs at fault. Nothing else gets out.
import { randomUUID } from "node:crypto";
import { Prisma } from "@homeport/db/client";
import { AppError, type AppErrorCode } from "@homeport/domain/error";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { isDatabaseAway } from "@homeport/db/database-away";

const trpcCode = {
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  invalid: "BAD_REQUEST",
  too_many_requests: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<AppErrorCode, TRPCError["code"]>;

type Report = (id: string, error: unknown) => void;

/** Already in words for the screen: passes through `explain` unchanged. */
export class Explained extends TRPCError {
  constructor(readonly of: AppError | Unexpected) {
    super({ code: of instanceof AppError ? trpcCode[of.code] : "INTERNAL_SERVER_ERROR", message: of.message, cause: of });
  }
}

/** A failure nobody foresaw; the person gets its number, the log the rest. */
export class Unexpected extends Error {
  override readonly name = "Unexpected";
  constructor(readonly id: string) {
    super(`Something went wrong here, and it is not your doing. In Homeport's log it has the number ${id}.`);
  }
}

/** Whatever was thrown, as an error whose message a person may read. What is not expected is reported. */
export function explain(thrown: unknown, report: Report): TRPCError {
  if (thrown instanceof Explained) return thrown;
  const cause = thrown instanceof TRPCError && thrown.cause !== undefined ? thrown.cause : thrown;
  // A ZodError that tRPC met in the input is the person's to mend; one from a stored row is ours.
  const expected = cause instanceof ZodError ? inputError(thrown, cause) : toAppError(cause);
  if (expected) return new Explained(expected);
  // tRPC's own refusals (no such procedure, wrong method, too large a batch) name nothing of ours.
  if (thrown instanceof TRPCError && thrown.code !== "INTERNAL_SERVER_ERROR") return thrown;
  const id = randomUUID().slice(0, 8);
  report(id, cause);
  return new Explained(new Unexpected(id));
}

function inputError(thrown: unknown, cause: ZodError): AppError | undefined {
  if (!(thrown instanceof TRPCError) || thrown.code !== "BAD_REQUEST") return undefined;
  return new AppError("invalid", "Some of the input is not right.", { fields: fieldsOf(cause), cause });
}

function toAppError(cause: unknown): AppError | undefined {
  if (cause instanceof AppError) return cause;
  if (isDatabaseAway(cause)) return new AppError("unavailable", "The database does not answer. Try again in a moment.", { cause, retryAfterS: 5 });
  if (!(cause instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  if (cause.code === "P2002") return new AppError("conflict", conflicts[uniqueIndex(cause) ?? ""] ?? "Somebody did the same a moment ago. Look again.", { cause });
  // A foreign key: what it belongs to was deleted meanwhile.
  if (cause.code === "P2003" || cause.code === "P2025") return new AppError("not_found", "It is not there any more.", { cause });
  return undefined;
}

const conflicts: Record<string, string> = {
  ProxmoxNode_userId_name_key: "You have a node of this name already.",
  container_live_vmid: "This VMID was taken a moment ago.",
  run_one_active_per_container: "Another operation on this container is not finished.",
  Run_userId_requestKey_key: "This click was taken already.",
};

/** Which unique index a write ran into; Prisma's driver adapters name it here instead of `meta.target`. */
export function uniqueIndex(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") return undefined;
  const meta = error.meta as { driverAdapterError?: { cause?: { constraint?: { index?: string } } } } | undefined; // the shape is the adapter's own, untyped
  return meta?.driverAdapterError?.cause?.constraint?.index;
}

function fieldsOf(error: ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  return fields;
}

/** What the browser finds under `data` besides tRPC's own. */
export function errorData(error: TRPCError) {
  const cause = error.cause instanceof AppError ? error.cause : undefined;
  return {
    appCode: (cause?.code ?? null),
    fields: cause?.details.fields ?? null,
    changes: cause?.details.changes ?? null,
    retryAfterS: cause?.details.retryAfterS ?? null,
  };
}
