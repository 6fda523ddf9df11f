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
  if (!isKnownError(error, "P2002")) return undefined;
  const meta = error.meta as { driverAdapterError?: { cause?: { constraint?: { index?: string } } } } | undefined; // the shape is the adapter's own, untyped
  return meta?.driverAdapterError?.cause?.constraint?.index;
}

/** character_not_in_repertoire, untranslatable_character: a zero byte in a text, or in a text of a JSON document. */
const NO_TEXT: readonly unknown[] = ["22021", "22P05"];

/** PostgreSQL cannot keep a text that was sent, as it holds a zero byte. */
export function holdsZeroByte(error: unknown): boolean {
  if (!isKnownError(error)) return false;
  const meta = error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined; // the shape is the adapter's own, untyped
  return NO_TEXT.includes(meta?.driverAdapterError?.cause?.originalCode);
}
