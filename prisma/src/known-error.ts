// What Prisma says of a refused query, known by its name and code: each bundle of the dashboard has error classes of its own.

/** `code`: of Prisma's error reference, such as "P2002" (unique) or "P2025" (no such row). */
export interface KnownError extends Error {
  code: string;
  meta?: unknown;
}

export function isKnownError(error: unknown, code?: string): error is KnownError {
  if (!(error instanceof Error) || error.name !== "PrismaClientKnownRequestError" || !("code" in error)) return false;
  return code === undefined || error.code === code;
}

/** Which unique index a write ran into; Prisma's driver adapters name it here instead of `meta.target`. */
export function uniqueIndex(error: unknown): string | undefined {
  return isKnownError(error, "P2002") ? adapterCause(error)?.constraint?.index : undefined;
}

/** @prisma/driver-adapter-utils, `MappedError`: what PostgreSQL's driver said. */
interface AdapterCause {
  kind?: string;
  originalCode?: string;
  originalMessage?: string;
  constraint?: { index?: string };
}

export function adapterCause({ meta }: KnownError): AdapterCause | undefined {
  return (meta as { driverAdapterError?: { cause?: AdapterCause } } | undefined)?.driverAdapterError?.cause; // the adapter's own shape, untyped
}

/** character_not_in_repertoire, untranslatable_character: a zero byte in a text, or in a text of a JSON document. */
const NO_TEXT: readonly unknown[] = ["22021", "22P05"];

/** PostgreSQL cannot keep a text that was sent, as it holds a zero byte. */
export function holdsZeroByte(error: unknown): boolean {
  return isKnownError(error) && NO_TEXT.includes(adapterCause(error)?.originalCode);
}
