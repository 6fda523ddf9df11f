import { expect, test } from "vitest";
import { nextPath } from "./next-path";

test("signing in leads back to the page that was asked for", () => {
  expect(nextPath("/nodes/new?x=1#top")).toBe("/nodes/new?x=1#top");
});

test.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example", undefined, ["/a", "/b"]])("%s never leads off this site", (asked) => {
  expect(nextPath(asked)).toMatch(/^\/(?![/\\])/);
});
