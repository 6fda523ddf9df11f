// A script's output is a tenant's: whatever it is made of, the worker that everybody shares is done with it at once.
import { expect, test } from "vitest";
import { harmless, plainText, plainTexts } from "./harmless";
import { openOutputText } from "./output-text";
import { createRedactor } from "./redactor";

/**
 * One look's worth of each. Nothing is timed: what looks at each character as often as there are others needs half an hour for one of them, and
 * the test runner gives up after seconds.
 */
const SIZE = 262_144;
const filled = (unit: string): string => unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE);

const hostile: [string, string][] = [
  ["carriage returns", filled("\r")],
  ["carriage returns before a text", `${filled("\r")}x\n`],
  ["carriage returns and blanks", filled("\r \t")],
  ["states that are never seen", filled("\r\x1b[K")],
  ["texts over texts", filled("\r50%")],
  ["colours", filled("\x1b[31m")],
  ["colours without an end", filled("\x1b[31;")],
  ["strings that never end", filled("\u009d")],
  ["strings in strings", filled("\x1b]")],
  ["strings that are too long", filled(`\u0090${"x".repeat(5_000)}`)],
  ["escapes", filled("\x1b")],
  ["blanks after an escape", filled("\x1b        ")],
  ["line breaks", filled("\n")],
  ["bytes of no character", filled("\0")],
  ["one character for ever", filled("a")],
  ["half a secret for ever", filled("ab")],
  ["a secret for ever", filled(`${"a".repeat(999)}b`)],
];

const redactor = createRedactor([
  `${"a".repeat(999)}b`,
  `${"ab".repeat(400)}c`,
  ...Array.from({ length: 200 }, (_, n) => `\x1b[31msecret-number-${n}`),
]);

test.each(hostile)("%s: as one piece, in pieces, and as a sentence", (_, text) => {
  for (const piece of [SIZE, 32_768]) {
    const output = openOutputText({ guestOffset: 0, column: 0 }, redactor);
    const source = Buffer.from(text);
    while (output.next < source.length) {
      output.feed(source.subarray(output.next, output.next + piece));
      output.take(output.next % 2 === 0 ? "lines" : "now");
    }
    expect(output.take("end").place.guestOffset).toBe(source.length);
  }
  expect(/\p{Cc}/u.test(plainText(text).replaceAll(/[\n\t]/g, ""))).toBe(false);
});

test("secrets that overlap are covered together, those that follow each other one by one", () => {
  const redactor = createRedactor(["abcdef", "defghi", "ghijkl-long"]);
  expect(redactor.text("x abcdefghi y abcdefdefghi z abcdefghijkl-long")).toBe("x ••••• y •••••••••• z •••••");
});

test("random text: what is found is what a plain search finds, and what may go on is held back", () => {
  let state = 3;
  const random = (most: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % most;
  const word = (length: number): string => Array.from({ length }, () => "ab"[random(2)]).join("");
  for (let round = 0; round < 300; round += 1) {
    const secrets = [word(6 + random(4)), word(6 + random(9))];
    const redactor = createRedactor(secrets);
    const text = word(60);
    const covered = redactor.text(text);
    expect(secrets.some((secret) => covered.includes(secret))).toBe(false);
    expect(covered.includes("•")).toBe(secrets.some((secret) => text.includes(secret)));
    const pending = Math.max(
      0,
      ...secrets.flatMap((secret) => Array.from(secret, (__, at) => (text.endsWith(secret.slice(0, at)) ? at : 0))),
    );
    expect(redactor.pending(text)).toBe(pending);
  }
});

test("what a node answers is plain: no colour, no link, no change of direction, at any depth", () => {
  const reported = {
    name: "db\u202e1",
    list: ["\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\", 7, null],
    why: { "k\x1b[1mey": "\x1b[31mred\x1b[0m\u2028end" },
  };
  expect(plainTexts(reported)).toEqual({ name: "db1", list: ["here", 7, null], why: { key: "redend" } });
  expect(harmless("a\u061cb\u200ec")).toBe("abc");
});
