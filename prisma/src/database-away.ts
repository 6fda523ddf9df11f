// Whether a failure means that PostgreSQL does not answer: refused, cut off, silent, starting up, or full.
import { adapterCause, isKnownError, type KnownError } from "./known-error";

/** Prisma's error reference: not reached (P1001, P1002), timed out (P1008), closed (P1017), no connection or transaction in time (P2024, P2028). */
const prismaCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
/** @prisma/driver-adapter-utils, `MappedError`: what raw queries (P2010) tell instead. */
const adapterKinds = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"]);
/** PostgreSQL, "Error Codes": connection exceptions, shutdown, crash, starting up, too many connections. */
const sqlState = /^(08...|57P0[1-3]|53300)$/;
const socketCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** node-postgres (lib/client.js, pg-pool/index.js) has no codes for a connection that it lost itself. */
const pgMessages = new Set([
  "Connection terminated",
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  "timeout exceeded when trying to connect",
]);

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "PrismaClientInitializationError") return true;
  if (isKnownError(error)) return prismaCodes.has(error.code) || isAdapterAway(error);
  const { code } = error as { code?: unknown }; // Node's and pg's errors carry one
  return pgMessages.has(error.message) || (typeof code === "string" && (socketCodes.has(code) || sqlState.test(code)));
}

function isAdapterAway(error: KnownError): boolean {
  const cause = adapterCause(error);
  return (
    cause !== undefined &&
    (adapterKinds.has(cause.kind ?? "") ||
      sqlState.test(cause.originalCode ?? "") ||
      pgMessages.has(cause.originalMessage ?? ""))
  );
}
