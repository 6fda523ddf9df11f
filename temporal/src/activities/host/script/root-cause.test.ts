import { expect, test } from "vitest";
import { CAUSE_LINES, rootCause } from "./root-cause";

const has = { memoryMib: 64, diskGib: 2 };

test.each([
  ["dpkg-deb: error: <decompress> subprocess was killed by signal (Killed)", "A program was killed"],
  ["/tmp/script: line 4:   812 Killed                  apt-get install mariadb-server", "A program was killed"],
  ["Killed", "A program was killed"],
  ["c++: fatal error: Killed signal terminated program cc1plus", "A program was killed"],
  ["fork: Cannot allocate memory", "There was not enough memory"],
  ["FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory", "There was not enough memory"],
  ["MemoryError", "There was not enough memory"],
  ["tar: ./usr/bin/x: Cannot write: No space left on device", "The disk is full"],
  ["E: You don't have enough free space in /var/cache/apt/archives/.", "The disk is full"],
])("%s", (line, says) => {
  const text = rootCause(
    ["Reading package lists...", line, " perl : Depends: libperl5.36 (= 5.36.0) but it is not installable"],
    has,
  );
  expect(text).toContain(says);
  expect(text).toContain(`“${line}”`);
  expect(text).toContain(says.startsWith("The disk") ? "2 GiB" : "64 MiB");
  expect(line).toMatch(new RegExp(CAUSE_LINES, "i"));
});

test("what only looks like it is no cause", () => {
  const harmlessLines = [
    "Killed 3 old sessions",
    "killed by the boss",
    "After this operation, 200 MB of additional disk space will be used.",
    "vm.overcommit_memory = 1",
    "Killing process 12",
    "the skilled",
  ];
  expect(rootCause(harmlessLines, has)).toBeUndefined();
});

test("the earliest counts, and a long line is cut", () => {
  const text = rootCause([`${"x".repeat(300)}: No space left on device`, "Killed"], has);
  expect(text).toContain("The disk is full");
  expect(Buffer.byteLength(text ?? "")).toBeLessThan(320);
});
