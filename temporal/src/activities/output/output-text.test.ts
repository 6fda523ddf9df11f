// However the bytes arrive, and wherever a worker dies, the same text is stored: whole, harmless and without a secret.
import { expect, test } from "vitest";
import { LONGEST_LINE, openOutputText, type OutputPlace } from "./output-text";
import { createRedactor, MASK, type Redactor } from "./redactor";

const start: OutputPlace = { guestOffset: 0, column: 0 };
const stored = (source: string | Buffer, redactor: Redactor = createRedactor()): string => {
  const output = openOutputText(start, redactor);
  output.feed(Buffer.from(source));
  return output.take("end").text;
};

test.each([
  ["plain", "a\nb\n", "a\nb\n"],
  ["no line break at the end", "a\nb", "a\nb"],
  ["a DOS line end", "a\r\nb\r\n", "a\nb\n"],
  ["zero bytes", "a\0b\n", "a\uFFFDb\n"],
  ["colours stay", "\x1b[1;31mred\x1b[0m\n", "\x1b[1;31mred\x1b[0m\n"],
  ["the cursor stays where it is", "a\x1b[2Jb\x1b[10;3Hc\x1b[Kd\x1b7e\x1bcf\n", "abcdef\n"],
  [
    "no title, clipboard or link",
    "\x1b]0;owned\x07a\x1b]52;c;ZXZpbA==\x1b\\b\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\\n",
    "abtext\n",
  ],
  ["no device control string", "a\x1bPqevil\x1b\\b\n", "ab\n"],
  ["no 8-bit control", "a\u009b31mb\u0085c\n", "abc\n"],
  ["a sequence that never ends is text", "a\x1b]52;c;x\nb\n", "a]52;c;x\nb\n"],
  ["what is left out puts no sequence together", "\x1b\x1b[K[31mx\x1b\x01[2Jy\n", "[31mx[2Jy\n"],
  ["bells and backspaces", "a\x07b\b\bc\n", "abc\n"],
  ["reversed text", "safe\u202egnp.exe\n", "safegnp.exe\n"],
  ["a progress bar is its last state", "  1%\r 50%\r100%\ndone\n", "100%\ndone\n"],
  ["a progress bar that wipes itself", "50%\r100%\r\x1b[K\ndone\n", "100%\ndone\n"],
])("%s", (_, source, expected) => expect(stored(source)).toBe(expected));

test("bytes of no character become replacement characters, one each, and the text around them stays", () => {
  expect(stored(Buffer.from([0x61, 0x00, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0x62, 0xf8, 0x80, 0x0a]))).toBe(
    "a\uFFFD\uFFFD\uFFFD(\uFFFD\uFFFDb\uFFFD\uFFFD\n",
  );
  expect(stored("real \uFFFD ü 😀\n")).toBe("real \uFFFD ü 😀\n");
});

test("a line of a megabyte is split, between characters", () => {
  const lines = stored(`${"😀".repeat(500_000)}\nend\n`).split("\n");
  expect(lines.every((line) => line.length <= LONGEST_LINE + 1 && !/[\uD800-\uDBFF]$/.test(line))).toBe(true);
  expect(lines.join("")).toBe(`${"😀".repeat(500_000)}end`);
});

test("an unfinished line is shown when asked for, and goes on where it was", () => {
  const output = openOutputText(start, createRedactor());
  output.feed(Buffer.from("first\nContinue? [y/N] "));
  expect(output.take("lines").text).toBe("first\n");
  expect(output.take("now")).toEqual({ text: "Continue? [y/N] ", place: { guestOffset: 22, column: 16 } });
  output.feed(Buffer.from("y\n"));
  expect(output.take("lines").text).toBe("y\n");
});

test("a progress bar that was shown half way goes on in a line of its own", () => {
  const output = openOutputText(start, createRedactor());
  output.feed(Buffer.from("10%\r20%"));
  expect(output.take("lines").text).toBe("");
  expect(output.take("now").text).toBe("20%");
  output.feed(Buffer.from("\r30%\r100%\n"));
  expect(output.take("lines").text).toBe("\n100%\n");
});

test("half a secret is held back until it is whole, or is none", () => {
  const output = openOutputText(start, createRedactor(["hunter2-sekret"]));
  output.feed(Buffer.from("password: hunter2"));
  expect(output.take("now").text).toBe("password: ");
  output.feed(Buffer.from("-sekret and hunt"));
  expect(output.take("now").text).toBe(`${MASK} and `);
  output.feed(Buffer.from("ing\n"));
  expect(output.take("lines").text).toBe("hunting\n");
});

test("cut anywhere, shown at any time, read again after any crash: always the same text, never a secret", () => {
  const secret = "päss wörd/123+x";
  const redactor = () => createRedactor([secret]);
  const source = Buffer.from(
    `log ü\n\x1b[32m${secret.slice(0, 4)}\x1b[1m${secret.slice(4)}\x1b[0m\nb64 ${Buffer.from(`user:${secret}`).toString("base64")}\n😀${secret}${secret}\0\xff end\r\n${"x".repeat(300)} ${encodeURIComponent(secret)}`,
  );
  const whole = stored(source, redactor());
  expect(whole).not.toContain("wörd");
  expect(whole.split(MASK)).toHaveLength(6);
  const random = seeded(7);
  for (let round = 0; round < 400; round += 1) {
    let place = start;
    let text = "";
    let output = openOutputText(place, redactor());
    while (output.next < source.length) {
      output.feed(source.subarray(output.next, output.next + 1 + Math.floor(random() * 20)));
      const piece = output.take(random() < 0.5 ? "lines" : "now");
      text += piece.text;
      if (piece.text !== "") place = piece.place;
      if (random() < 0.1) output = openOutputText(place, redactor());
    }
    expect(text + output.take("end").text).toBe(whole);
  }
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
