import { expect, test } from "vitest";
import { isReadable } from "./prepare-server";

test.each([
  ["/", true],
  ["/runs/a%20b?q=%", true],
  ["/api/runs/%/log", false],
  ["/%c3%28", false],
])("%s can be decoded: %s", (target, readable) => {
  expect(isReadable(target)).toBe(readable);
});
