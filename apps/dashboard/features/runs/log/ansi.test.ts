import { expect, test } from "vitest";
import { MAX_SPANS, parseAnsi, plainText } from "./ansi";
import { findInLog, highlightMatches } from "./find-in-log";

test("colours and weight become styles, and end where they are reset", () => {
  expect(parseAnsi("\x1b[1;31mE:\x1b[0m no \x1b[32mgreen\x1b[39m.")).toEqual([
    { text: "E:", style: { bold: true, color: "red" } },
    { text: " no ", style: {} },
    { text: "green", style: { color: "green" } },
    { text: ".", style: {} },
  ]);
});

test("bright, indexed and true colours never swallow what follows them", () => {
  expect(parseAnsi("\x1b[91ma\x1b[38;5;2mb\x1b[38;5;12mc\x1b[38;2;1;2;3md\x1b[48;5;1;1me")).toEqual([
    { text: "a", style: { color: "red" } },
    { text: "b", style: { color: "green" } },
    { text: "c", style: { color: "blue" } },
    { text: "d", style: {} },
    { text: "e", style: { bold: true } },
  ]);
});

test("cursor movement, titles, links and control characters leave no trace", () => {
  expect(plainText("\x1b[2K\x1b[1Ga\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c\x1b(B\x07d\te")).toBe("abcd\te");
});

test("markup stays text", () => {
  expect(parseAnsi("<img src=x onerror=alert(1)>")).toEqual([{ text: "<img src=x onerror=alert(1)>", style: {} }]);
});

test("an escape that is cut off at the end of the line is left out", () => {
  expect(plainText("ok\x1b[31")).toBe("ok");
  expect(plainText("ok\x1b")).toBe("ok");
});

test("a hostile line costs little: spans are bounded and its text is whole", () => {
  const line = Array.from({ length: 5_000 }, (_, n) => `\x1b[3${n % 8}mx`).join("");
  expect(parseAnsi(line)).toHaveLength(MAX_SPANS);
  expect(
    parseAnsi(line)
      .map(({ text }) => text)
      .join(""),
  ).toBe("x".repeat(5_000));
});

test("the search looks at what is seen, in any case, and marks each place", () => {
  const line = (number: number, text: string) => ({
    number,
    text,
    kind: "text" as const,
    attempt: 1,
    stream: "output",
    at: new Date(0),
  });
  expect(findInLog([line(0, "ok"), line(1, "\x1b[31mErr\x1b[0mor"), line(2, "error error")], "ERROR")).toEqual([1, 2]);
  expect(findInLog([line(0, "ok")], "")).toEqual([]);
  expect(highlightMatches("error, Error.", "error")).toEqual([
    { text: "error", found: true },
    { text: ", ", found: false },
    { text: "Error", found: true },
    { text: ".", found: false },
  ]);
});
