import { expect, test } from "vitest";
import { projectRole } from "./project-role";

test("a project's own membership decides over the organization's", () => {
  expect(projectRole({ organization: "OWNER", project: { role: "VIEWER", inheritedFromOrg: false } })).toBe("VIEWER");
});

test("an inherited membership follows the organization", () => {
  expect(projectRole({ organization: "OPERATOR", project: { role: "ADMIN", inheritedFromOrg: true } })).toBe(
    "OPERATOR",
  );
});

test("who has left the organization has no inherited role any more", () => {
  expect(projectRole({ organization: null, project: { role: "ADMIN", inheritedFromOrg: true } })).toBeNull();
});

test.each([
  ["OWNER", "OWNER"],
  ["ADMIN", "ADMIN"],
  ["OPERATOR", null],
  ["VIEWER", null],
  [null, null],
] as const)("without a membership %s of the organization is %s in the project", (organization, role) => {
  expect(projectRole({ organization, project: null })).toBe(role);
});
