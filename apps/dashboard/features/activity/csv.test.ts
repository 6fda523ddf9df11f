import { expect, test } from "vitest";
import { toCsv } from "./csv";

const line = {
  id: "1",
  actorName: "Ada",
  action: "node.create",
  targetType: "node",
  targetId: "x",
  targetName: "pve",
  ip: "127.0.0.1",
  createdAt: new Date(0),
  details: {},
};

test("a name with commas, quotes and line breaks stays one cell", () => {
  expect(toCsv([{ ...line, targetName: 'a "b",\nc' }])).toContain('"a ""b"",\nc"');
});

test.each(["=1+1", "+1", "-1", "@cmd", "\tx"])("a spreadsheet does not run %j", (targetName) => {
  expect(toCsv([{ ...line, targetName }])).toContain(`'${targetName}`);
});
