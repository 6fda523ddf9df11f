import { expect, test } from "vitest";
import { wholeCharacters } from "./whole-characters";

test("cut at any byte, the pieces put together are the original", () => {
  const whole = Buffer.from("a ü € 😀 z");
  for (let at = 0; at <= whole.length; at += 1) {
    const first = wholeCharacters(whole.subarray(0, at), false);
    const second = wholeCharacters(whole.subarray(first.length), true);
    expect(Buffer.concat([first, second])).toEqual(whole);
    expect(first.toString("utf8")).not.toContain("\uFFFD");
  }
});

test("what is no text becomes question marks, byte for byte as long as it was", () => {
  const wild = Buffer.from([0x61, 0x00, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0x62, 0xf8, 0x80, 0xed, 0xa0, 0x80]);
  const text = wholeCharacters(wild, true);
  expect(text.length).toBe(wild.length);
  expect(text.toString("utf8")).toBe("a???(??b?????");
});

test("half a character at the very end is kept for last, then told as what it is", () => {
  const half = Buffer.from([0x61, 0xe2, 0x82]);
  expect(wholeCharacters(half, false).toString()).toBe("a");
  expect(wholeCharacters(half, true).toString()).toBe("a??");
});
