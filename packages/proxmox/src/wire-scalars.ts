// Proxmox is written in Perl: a number may arrive as a string, a truth as 0, "1" or "", an absent value as null.
import { z } from "zod";

/** A number, or the text of one. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i)
    .transform(Number),
]);

/** A text, or a number where Perl thought that a name like `101` is one. */
export const text = z.union([z.string(), z.number().transform(String)]);

/** 0, 1 and what Perl makes of them. */
const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .transform((value) => value !== false && value !== 0 && value !== "0" && value !== "");

const absent = z.union([z.null(), z.literal("")]).transform(() => undefined);

/** Optional; `null` and the empty string mean the same as an absent key. */
export const maybeNumeric = z.union([numeric, absent]).optional();
export const maybeText = z.union([absent, text]).optional();
export const maybeFlag = z.union([flag, z.null().transform(() => undefined)]).optional();

/** The same optional fields, each absent where its value cannot be read. */
export function orAbsent<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
): { [Key in keyof Shape]: z.ZodCatch<Shape[Key]> } {
  const entries = Object.entries(shape).map(([key, field]) => [key, field.catch(undefined)]);
  return Object.fromEntries(entries) as { [Key in keyof Shape]: z.ZodCatch<Shape[Key]> }; // the same keys
}
