import { expect, test } from "vitest";
import { may, Permissions, personal } from "./permission";
import { rightsTable } from "./permission-text";
import { Roles } from "./rank";

const tables = [...rightsTable("project"), ...rightsTable("organization")];

test("every permission that some role gives stands in a table, with those whom the server lets", () => {
  const given = Permissions.filter((permission) => Roles.some((role) => may(role, permission)));
  expect([...new Set(tables.map(({ permission }) => permission))].sort()).toEqual([...given].sort());
  for (const { permission, roles } of tables)
    expect([permission, roles]).toEqual([permission, Roles.filter((role) => may(role, permission))]);
});

test("more role is never fewer rights", () => {
  for (const { permission, roles } of tables)
    expect([permission, roles]).toEqual([permission, Roles.slice(0, roles.length)]);
});

test("no role gives what is decided by whose it is", () => {
  for (const permission of personal) expect(Roles.filter((role) => may(role, permission))).toEqual([]);
});
