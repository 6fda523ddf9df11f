import { expect, test } from "vitest";
import { nextPath } from "./next-path";

test("signing in leads back to the page that was asked for", () => {
  expect(nextPath("/nodes/new?x=1#top")).toBe("/nodes/new?x=1#top");
});

const off = [
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/./\\evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "/%2E%2e/\\/evil.example",
  "//evil.example:80/x",
  "/.//",
  "///evil.example",
  "//[::1",
  " //evil.example",
];

test.each([...off, undefined, ["/a", "/b"]])("%j never leads off this site", (asked) => {
  const path = nextPath(asked);
  expect(new URL(path, "https://homeport.lan").origin).toBe("https://homeport.lan");
  expect(path).toBe("/");
});

test.each(["/%2f/evil.example", "/%2fevil.example", "/a//b", "/runs?next=//evil.example"])(
  "%s is an odd page, but one of ours",
  (asked) => {
    expect(new URL(nextPath(asked), "https://homeport.lan").host).toBe("homeport.lan");
  },
);
