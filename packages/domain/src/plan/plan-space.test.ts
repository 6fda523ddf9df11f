// Space that is promised is not there for others.
import { expect, test } from "vitest";
import { promisedOn, promisedText, promiseOf } from "./plan-space";

const GIB = 1024 ** 3;
const template = { estimate: { downloadMib: 512 } };

test("a create is promised its disk, and takes at least what its system and template fill", () => {
  expect(promiseOf({ storage: "thin", diskGib: 8 }, template)).toEqual({
    storage: "thin",
    diskBytes: 8 * GIB,
    leastBytes: 2.5 * GIB,
  });
  expect(promiseOf({ storage: "thin", diskGib: 1 }, template).leastBytes).toBe(GIB);
});

test("promises of one storage add up, those of another are none of its business", () => {
  const promises = [
    { storage: "a", diskGib: 4 },
    { storage: "a", diskGib: 8 },
    { storage: "b", diskGib: 100 },
  ].map((spec) => promiseOf(spec, template));
  expect(promisedOn("a", promises)).toEqual({ diskBytes: 12 * GIB, leastBytes: 5 * GIB, containers: 2 });
  expect(promisedOn("c", promises)).toEqual({ diskBytes: 0, leastBytes: 0, containers: 0 });
});

test("it is said how much, and to how many", () => {
  expect(promisedText({ promisedBytes: 12 * GIB, promisedTo: 3 })).toBe(
    "12 GiB are promised to 3 containers under way",
  );
  expect(promisedText({ promisedBytes: 2 * GIB, promisedTo: 1 })).toBe("2.0 GiB are promised to 1 container under way");
  expect(promisedText({ promisedBytes: 0, promisedTo: 0 })).toBe("");
});
