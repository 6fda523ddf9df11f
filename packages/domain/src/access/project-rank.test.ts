import type { OrganizationRole } from "@homeport/db/types";
import { expect, test } from "vitest";
import { maySetProjectRole, type MemberRoles } from "./project-rank";
import { projectRole } from "./project-role";
import { isAbove, Roles } from "./rank";

const roles = [null, ...Roles];
const own = [null, "ADMIN", "OPERATOR", "VIEWER"] as const;
/** Every pair of roles that somebody can have: none in the organization is none in its projects, but for an own one. */
const combinations: MemberRoles[] = roles.flatMap((organization) =>
  own.flatMap((role) =>
    [true, false].map((inheritedFromOrg) => ({
      organization,
      project: projectRole({ organization, project: role === null ? null : { role, inheritedFromOrg } }),
    })),
  ),
);
const changes = combinations.flatMap((mine) =>
  combinations.flatMap((theirs) => roles.map((to) => ({ mine, theirs, to }))),
);
const reach = ({ project, organization }: MemberRoles): OrganizationRole | null =>
  organization === "OWNER" ? "OWNER" : project;

test("nobody gives more than they reach themselves, in any combination of roles", () => {
  const escalations = changes.filter(({ mine, theirs, to }) => {
    const mineIs = reach(mine);
    return maySetProjectRole(mine, { theirs, to }) && (mineIs === null || (to !== null && isAbove(to, mineIs)));
  });
  expect(escalations).toEqual([]);
});

test("who is above somebody in the organization and runs it is not touched by them here", () => {
  const touched = changes.filter(({ mine, theirs, to }) => {
    const runs = theirs.organization === "OWNER" || theirs.organization === "ADMIN";
    const below = mine.organization === null || isAbove(theirs.organization ?? "VIEWER", mine.organization);
    return runs && below && maySetProjectRole(mine, { theirs, to });
  });
  expect(touched).toEqual([]);
});

test("operators and viewers set nothing, an owner of the organization everything", () => {
  for (const { mine, theirs, to } of changes) {
    if (mine.organization === "OWNER") expect(maySetProjectRole(mine, { theirs, to })).toBe(true);
    else if (mine.project === "OPERATOR" || mine.project === "VIEWER" || mine.project === null)
      expect(maySetProjectRole(mine, { theirs, to })).toBe(false);
  }
});

test("nobody but an owner sets for themselves what they would keep when it is taken from them in the organization", () => {
  const mine: MemberRoles = { organization: "ADMIN", project: "ADMIN" };
  const sets = (to: OrganizationRole) => maySetProjectRole(mine, { theirs: mine, to, toOneself: true });
  expect([sets("ADMIN"), sets("OPERATOR")]).toEqual([false, true]);
});

test("an administrator of the project alone sets the roles of operators, viewers and those who are not in it yet", () => {
  const mine: MemberRoles = { organization: "VIEWER", project: "ADMIN" };
  for (const project of [null, "OPERATOR", "VIEWER", "ADMIN"] as const)
    expect(maySetProjectRole(mine, { theirs: { organization: "VIEWER", project }, to: "ADMIN" })).toBe(true);
  expect(maySetProjectRole(mine, { theirs: { organization: "ADMIN", project: "VIEWER" }, to: "ADMIN" })).toBe(false);
});
