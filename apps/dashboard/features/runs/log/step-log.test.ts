import type { LogPiece } from "@homeport/api";
import { expect, test } from "vitest";
import { addToRunLog } from "./run-log";
import { addPieces, emptyStepLog, MAX_LINE_CHARS, type StepLog } from "./step-log";

const at = new Date("2026-11-21T08:00:00Z");
const piece = (id: number, byteOffset: number, text: string): LogPiece => ({
  id: String(id),
  stepId: "s",
  attempt: 1,
  stream: "output",
  byteOffset,
  text,
  createdAt: at,
});
const texts = ({ lines }: StepLog) => lines.map(({ text }) => text);
const folded = (...pieces: LogPiece[]) => addPieces(emptyStepLog, pieces);

test("a line that is cut between pieces is one line", () => {
  expect(texts(folded(piece(1, 0, "one\ntw"), piece(2, 6, "o\nthree")))).toEqual(["one", "two", "three"]);
});

test("a piece that comes twice is shown once, in one batch or in two", () => {
  const once = folded(piece(1, 0, "one\n"), piece(1, 0, "one\n"));
  expect(texts(once)).toEqual(["one"]);
  expect(addPieces(once, [piece(1, 0, "one\n")])).toBe(once);
});

test("pieces in any order give the same lines", () => {
  const pieces = [
    piece(9, 0, "a"),
    piece(10, 1, "b\nc"),
    piece(11, 4, "d\n"),
    { ...piece(100, 0, "task\n"), stream: "task" },
  ];
  const inOrder = texts(folded(...pieces));
  expect(inOrder).toEqual(["ab", "cd", "task"]);
  expect(texts(folded(...pieces.toReversed()))).toEqual(inOrder);
  expect(texts(pieces.toReversed().reduce((log, one) => addPieces(log, [one]), emptyStepLog))).toEqual(inOrder);
});

test("an unfinished line goes on where it began, though another stream spoke meanwhile", () => {
  const log = folded(
    piece(1, 0, "unpacking"),
    { ...piece(2, 0, "checked\n"), stream: "homeport" },
    piece(3, 9, " done\nnext\n"),
  );
  expect(texts(log)).toEqual(["unpacking done", "checked", "next"]);
  expect(log.lines.map(({ number }) => number)).toEqual([0, 1, 2]);
});

test("a new attempt begins after a line that says so, and its offsets are its own", () => {
  const log = folded(piece(1, 0, "half"), { ...piece(2, 0, "whole\n"), attempt: 2 });
  expect(texts(log)).toEqual(["half", "Attempt 2", "whole"]);
  expect(log.lines[1]?.kind).toBe("attempt");
});

test("progress lines show their last word, and Windows line ends are line ends, wherever they are cut", () => {
  expect(texts(folded(piece(1, 0, "10%\r50%"), piece(2, 7, "\r100%\ndone\r\n")))).toEqual(["100%", "done"]);
  expect(texts(folded(piece(1, 0, "one\r"), piece(2, 4, "\ntwo")))).toEqual(["one", "two"]);
  expect(texts(folded(piece(1, 0, "one\r"), piece(2, 4, "two")))).toEqual(["two"]);
});

test("letters of more than one byte do not disturb the order, which counts bytes", () => {
  expect(texts(folded(piece(1, 0, "žluťoučký "), piece(2, 15, "kůň 🐎\n"), piece(3, 26, "end")))).toEqual([
    "žluťoučký kůň 🐎",
    "end",
  ]);
});

test("empty lines stay", () => {
  expect(texts(folded(piece(1, 0, "a\n\n"), piece(2, 3, "\nb\n")))).toEqual(["a", "", "", "b"]);
});

test("a line without an end is broken and loses nothing", () => {
  const long = "x".repeat(MAX_LINE_CHARS * 2 + 5);
  const lines = texts(folded(piece(1, 0, long), piece(2, long.length, "y\n")));
  expect(lines.map(({ length }) => length)).toEqual([MAX_LINE_CHARS, MAX_LINE_CHARS, 6]);
  expect(lines.join("")).toBe(`${long}y`);
});

test("200,000 lines are cut at the front, and how many is said", () => {
  let log = emptyStepLog;
  for (let batch = 0; batch < 200; batch += 1) {
    const pieces = Array.from({ length: 100 }, (_, index) => {
      const n = batch * 100 + index;
      return piece(n + 1, n * 1000, Array.from({ length: 10 }, (__, line) => `line ${n * 10 + line}\n`).join(""));
    });
    log = addPieces(log, pieces);
  }
  expect(log.lines).toHaveLength(100_000);
  expect(log.dropped).toBe(100_000);
  expect(log.lines[0]).toMatchObject({ number: 100_000, text: "line 100000" });
  expect(log.lines.at(-1)?.text).toBe("line 199999");
  expect(log.folded.length).toBeLessThanOrEqual(10_001);
});

test("after a cut, a late piece is put in its place and one from the cut part is left out", () => {
  const pieces = Array.from({ length: 10 }, (_, n) => piece(n + 1, n * 10, `line ${n}\n`));
  const without8 = addPieces(
    emptyStepLog,
    pieces.filter(({ id }) => id !== "8" && id !== "2"),
    5,
  );
  expect(texts(without8)).toEqual(["line 4", "line 5", "line 6", "line 8", "line 9"]);
  const late = addPieces(without8, pieces, 6);
  expect(texts(late)).toEqual(["line 4", "line 5", "line 6", "line 7", "line 8", "line 9"]);
  expect(late.dropped).toBe(3);
});

test("each step has its own log, and news of one leaves the others as they are", () => {
  const first = addToRunLog(new Map(), [piece(1, 0, "a\n"), { ...piece(2, 0, "b\n"), stepId: "t" }]);
  const second = addToRunLog(first, [piece(3, 2, "c\n")]);
  expect(texts(second.get("s") ?? emptyStepLog)).toEqual(["a", "c"]);
  expect(second.get("t")).toBe(first.get("t"));
  expect(addToRunLog(second, [piece(3, 2, "c\n")])).toBe(second);
});
