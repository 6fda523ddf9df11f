// Nobody reads zod's own words: every field of every input is fed what it does not take, and what is said of it is a sentence of ours.
import { expect, test } from "vitest";
import type { z } from "zod";
import { appRouter } from "./root";

const RAW =
  /^(Invalid|Too big|Too small|Unrecognized|Expected|Required)\b|\bexpected (string|number|int|boolean|array|object|record|one of)|\breceived\b|[<>]=|must match pattern/;
const WRONG = [
  undefined,
  null,
  "",
  " ",
  "x".repeat(2_000_000),
  "\u0000",
  "-1",
  -1,
  0,
  0.5,
  1e21,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  [],
  {},
  { surplus: 1 },
  [null],
  Array.from({ length: 5_000 }, () => "x"),
  new Date(Number.NaN),
];

interface Def {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: z.ZodType[];
  values?: unknown[];
  valueType?: z.ZodType;
}
const defOf = (schema: z.ZodType): Def => schema._zod.def; // zod's own structure, as its documentation for library authors shows it

/** Values that are wrong at one place, of every place below `schema`; a union's members each in their own form. */
function* wrongs(schema: z.ZodType): Generator<unknown> {
  yield* WRONG;
  const { type, shape, element, innerType, in: from, options } = defOf(schema);
  if (type === "object" && shape !== undefined) {
    const fixed = Object.fromEntries(
      Object.entries(shape).flatMap(([key, part]) =>
        defOf(part).type === "literal" ? [[key, defOf(part).values?.[0]]] : [],
      ),
    );
    for (const [key, part] of Object.entries(shape)) for (const wrong of wrongs(part)) yield { ...fixed, [key]: wrong };
    yield { ...fixed, surplus: 1 };
  }
  if (element !== undefined) for (const wrong of wrongs(element)) yield [wrong];
  for (const inner of [innerType, from]) if (inner !== undefined) yield* wrongs(inner);
  for (const option of options ?? []) yield* wrongs(option);
}

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { inputs: z.ZodType[] } }>,
);
const schemas = [
  ...procedures.flatMap(([path, { _def }]) =>
    _def.inputs.map((schema, index): [string, z.ZodType] => [`${path} ${index}`, schema]),
  ),
];

test.each(schemas)("%s", (_path, schema) => {
  const raw = new Set<string>();
  const collect = (issues: readonly z.core.$ZodIssue[]): void => {
    for (const issue of issues) {
      if (RAW.test(issue.message) || !/[.!?]$/.test(issue.message))
        raw.add(`${issue.path.join(".")}: ${issue.message}`);
      if (issue.code === "invalid_union") for (const one of issue.errors) collect(one);
    }
  };
  for (const wrong of wrongs(schema)) {
    const { error } = schema.safeParse(wrong);
    if (error) collect(error.issues);
  }
  expect([...raw]).toEqual([]);
});
