// The numbers beside a diff.
import { structuredPatch } from "diff";
import { expect, test } from "vitest";
import { hunkRows } from "./hunk-rows";

test("each line has the number it has on its own side, and a remark is no line", () => {
  const [hunk] = structuredPatch("a", "b", "one\ntwo\nthree\n", "one\n2\nthree", undefined, undefined, {
    context: 1,
  }).hunks;
  expect(hunk && hunkRows(hunk)).toEqual([
    { kind: "same", before: 1, after: 1, text: "one" },
    { kind: "removed", before: 2, after: null, text: "two" },
    { kind: "removed", before: 3, after: null, text: "three" },
    { kind: "added", before: null, after: 2, text: "2" },
    { kind: "added", before: null, after: 3, text: "three" },
  ]);
});
