// Arguments, taken apart again by a real shell.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellQuote } from "./shell-quote";

const hostile = [
  "",
  " ",
  "x'; touch /tmp/owned #",
  `"$(id)"`,
  "`id`",
  "a\nb",
  "$HOME",
  "\\",
  "''",
  "*",
  "ä😀",
  "-n",
  "!history",
  "~root",
  "\t",
];

test("an argument can never become a second command, two arguments, or none", () => {
  const seen = execFileSync("sh", ["-c", shellQuote(["printf", "%s\\0", ...hostile])], { encoding: "utf8" });
  expect(seen.split("\0").slice(0, -1)).toEqual(hostile);
});

test("a command that no shell could receive is refused", () => {
  expect(() => shellQuote(["echo", "a\0b"])).toThrow(RangeError);
});
