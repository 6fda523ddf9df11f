// A list whose maker names its dates arrives as the one that superjson looks through.
import superjson from "superjson";
import { expect, test } from "vitest";
import { transformer, withDates } from "./transformer";

const overTheWire = (value: unknown): unknown =>
  superjson.deserialize(
    JSON.parse(JSON.stringify(transformer.serialize(value))) as ReturnType<typeof superjson.serialize>,
  );

test("dates are dates at the other end, null stays null, and whoever reads with superjson alone can", () => {
  const rows = () => [
    { id: "a", at: new Date(5), seen: null, text: "<b>\u2028", list: [{ deep: null, n: 0.1 }] },
    { id: "b", at: new Date(6), seen: new Date(7), text: "", list: [] },
  ];
  expect(overTheWire(withDates(rows(), ["at", "seen"]))).toEqual(rows());
  expect(JSON.stringify(transformer.serialize(withDates(rows(), ["at", "seen"])))).toBe(
    JSON.stringify(superjson.serialize(rows())),
  );
  expect(overTheWire(withDates([], []))).toEqual([]);
});

test("what nobody named is looked through as before", () => {
  const value = { at: new Date(5), big: 5n, none: undefined, set: new Set([1]) };
  expect(overTheWire(value)).toEqual(value);
});
