// The one rule that chooses a project for somebody.
import type { OrganizationRole } from "@homeport/db/types";
import { expect, test } from "vitest";
import { landingProject } from "./landing";
import type { Projects } from "./projects";

/** Oldest first, named by their place. */
const projects = (...roles: OrganizationRole[]): Projects =>
  new Map(
    roles.map((role, at) => [
      String(at),
      { projectId: String(at), organizationId: "o", role, scope: null, roleOf: "organization" },
    ]),
  );

test.each<[OrganizationRole[], string]>([
  [["OWNER"], "0"],
  [["VIEWER", "OPERATOR", "OWNER", "OWNER"], "2"],
  [["VIEWER", "OPERATOR", "ADMIN"], "1"],
  [["VIEWER", "VIEWER"], "0"],
])("with the roles %j it is %s", (roles, landing) => {
  expect(landingProject(projects(...roles)).projectId).toBe(landing);
});

test("who belongs to no project is refused", () => {
  expect(() => landingProject(projects())).toThrow("You belong to no project.");
});
