// How a document in the database is read: brought from the version in which it was written to today's form, then by a lenient schema.
// The strict schema of the form is for the door alone: what is stored was judged by the rules of its day (docs/decisions/0013-stored-documents.md).
import { z } from "zod";

/** From one version to the next: pure, and never changed once it is released. */
type Upgrade = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * A document without `v` is of version 1; each upgrade leads one version further, so that `upgrades[0]` takes a document of version 1.
 * One of a later version than this Homeport knows is refused, never half understood.
 */
export function storedDocument<T extends z.ZodType>(schema: T, upgrades: readonly Upgrade[] = []) {
  const current = upgrades.length + 1;
  return z.preprocess((stored, context) => {
    if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return stored;
    const { v = 1, ...document } = stored as Record<string, unknown>; // JSON: its keys are texts
    if (typeof v === "number" && Number.isInteger(v) && v >= 1 && v <= current)
      return upgrades.slice(v - 1).reduce<Record<string, unknown>>((before, upgrade) => upgrade(before), document);
    context.addIssue({
      code: "custom",
      message: `It was stored in version ${String(v)} of its form; this Homeport reads up to version ${current}.`,
    });
    return z.NEVER;
  }, schema);
}
