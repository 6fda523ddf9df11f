// A document of any version that was ever released is read; one of a later version is refused by name.
import { expect, test } from "vitest";
import { z } from "zod";
import { storedDocument } from "./document";

const Size = storedDocument(z.object({ bytes: z.number(), unit: z.string().default("B") }), [
  ({ kib }) => ({ size: Number(kib) * 1024 }),
  ({ size, ...rest }) => ({ ...rest, bytes: size }),
]);

test("a document without a version is of the first; each upgrade leads one version further", () => {
  expect(Size.parse({ kib: 2 })).toEqual({ bytes: 2048, unit: "B" });
  expect(Size.parse({ v: 2, size: 5, unit: "b" })).toEqual({ bytes: 5, unit: "b" });
  expect(Size.parse({ v: 3, bytes: 7 })).toEqual({ bytes: 7, unit: "B" });
});

test.each([4, 0, 1.5, "2"])("version %j is refused", (v) => {
  expect(Size.safeParse({ v, bytes: 7 }).error?.issues).toMatchObject([
    { message: `It was stored in version ${v} of its form; this Homeport reads up to version 3.` },
  ]);
});

test("what is no object goes to the schema as it is", () => {
  expect(Size.safeParse(null).success).toBe(false);
  expect(storedDocument(z.string().nullable()).parse(null)).toBeNull();
});

test("the document itself stays as it was", () => {
  const stored = Object.freeze({ kib: 2 });
  Size.parse(stored);
  expect(stored).toEqual({ kib: 2 });
});
