import { expect, test } from "vitest";
import { ProjectSlug } from "./project-input";
import { slugOf } from "./slug-of";

test.each([
  ["Web Team", "web-team"],
  ["Büro & Straße", "buro-strasse"],
  ["  --Lab__7!  ", "lab-7"],
  ["x".repeat(60), "x".repeat(40)],
  [`${"a".repeat(39)} b`, "a".repeat(39)],
  ["実験室", ""],
])("the name %s suggests the slug “%s”", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  if (slug !== "") expect(ProjectSlug.parse(slug)).toBe(slug);
});

test.each(["a", "-web", "web-", "web--team", "web team", "wéb", "x".repeat(41), "web/team", "", "."])(
  "%s is no slug",
  (slug) => {
    expect(ProjectSlug.safeParse(slug).success).toBe(false);
  },
);

test("a slug is kept in lower case, as addresses are compared", () => {
  expect(ProjectSlug.parse(" Web-Team ")).toBe("web-team");
});
