import { expect, test } from "vitest";
import { may, Permissions, personal } from "./permission";
import { rightsTable, Roles } from "./permission-text";

test("every permission that some role gives stands in the table, with those whom the server lets", () => {
  const given = Permissions.filter(
    (permission) => permission !== "organization:write" && Roles.some((role) => may(role, permission)),
  );
  expect(
    rightsTable()
      .map(({ permission }) => permission)
      .sort(),
  ).toEqual([...given].sort());
  for (const { permission, roles } of rightsTable())
    expect([permission, roles]).toEqual([permission, Roles.filter((role) => may(role, permission))]);
});

test("more role is never fewer rights", () => {
  for (const { permission, roles } of rightsTable())
    expect([permission, roles]).toEqual([permission, Roles.slice(0, roles.length)]);
});

test("no role gives what is decided by whose it is", () => {
  for (const permission of personal) expect(Roles.filter((role) => may(role, permission))).toEqual([]);
});
