// The table of docs/RELIABILITY.md names tests; each of them is there, and no number of the list is missing.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const table = readFileSync(path.join(root, "docs/RELIABILITY.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| [\d–]/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test("every fault from 1 to 42 has a row with a state", () => {
  const numbers = new Set(table.flatMap(([number = ""]) => number.split(",").map(Number)));
  for (let number = 1; number <= 42; number += 1) expect(numbers).toContain(number);
  for (const row of table) expect(row.at(-1)).toMatch(/^(shown|elsewhere|partly: .+|cannot apply: .+)$/);
});

test.each(table.filter(([, , , , shownBy]) => shownBy !== ""))("%s · %s: the test that shows it exists", (...row) => {
  const [, , , , shownBy = ""] = row;
  const [, file = "", name = ""] = /^`([^`]+)`: (.+)$/.exec(shownBy) ?? [];
  expect(existsSync(path.join(root, file)), file).toBe(true);
  expect(readFileSync(path.join(root, file), "utf8")).toContain(name);
});

test("what is not shown says why", () => {
  for (const row of table.filter(([, , , , shownBy]) => shownBy === "")) expect(row.at(-1)).toMatch(/^cannot apply: /);
});
