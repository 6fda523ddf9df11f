// The words are words, and the README lists them all.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostnameFaults, hasFault } from "./hostname-faults";

test("a word counts alone or between dashes and dots, not inside another word", () => {
  expect(
    ["fail-start", "web-fail-start", "fail-start-2", "a.fail-start.example"].map((name) =>
      hasFault(name, "fail-start"),
    ),
  ).toEqual([true, true, true, true]);
  expect(["fail-starter", "unfail-start", "failstart"].map((name) => hasFault(name, "fail-start"))).toEqual([
    false,
    false,
    false,
  ]);
});

test("README.md lists every word with what it does", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  for (const [word, effect] of Object.entries(hostnameFaults)) expect(readme).toContain(`| \`${word}\` | ${effect} |`);
});
