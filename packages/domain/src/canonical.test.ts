import { expect, test } from "vitest";
import { canonical } from "./canonical";

test("the order of keys does not count, the order of a list does", () => {
  expect(canonical({ b: 1, a: { d: [2, 1], c: undefined } })).toBe('{"a":{"d":[2,1]},"b":1}');
  expect(canonical([2, 1])).not.toBe(canonical([1, 2]));
});

test("hashes that are stored were made of this text: keys by code unit, also when there are very many", () => {
  expect(canonical({ é: 1, z: 2, Z: 3, "10": 4, "9": 5, "": null })).toBe('{"":null,"10":4,"9":5,"Z":3,"z":2,"é":1}');
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key${500 - i}`, i]));
  expect(canonical(many)).toBe(JSON.stringify(many, Object.keys(many).sort()));
  expect(canonical([undefined, "a\u2028\ud800"])).toBe(JSON.stringify([null, "a\u2028\ud800"]));
  expect(canonical(undefined)).toBe("null");
});

test("what has no end is refused", () => {
  const round: { again?: unknown } = {};
  round.again = round;
  expect(() => canonical(round)).toThrow(TypeError);
});
