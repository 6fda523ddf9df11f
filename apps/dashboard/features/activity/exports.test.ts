import { expect, test } from "vitest";
import type { ActivityView } from "@homeport/api";
import { exportFormats } from "./exports";

const write = (name: string, item: ActivityView): string =>
  exportFormats.find((format) => format.name === name)?.write([item]) ?? "";

const line = {
  id: "1",
  actorName: "Ada",
  actorEmail: "ada@example.com",
  action: "node.create",
  targetType: "node",
  targetId: "x",
  targetName: "pve",
  ip: "127.0.0.1",
  createdAt: new Date(0),
  details: {},
};

test("a name with commas, quotes and line breaks stays one cell", () => {
  expect(write("CSV", { ...line, targetName: 'a "b",\nc' })).toContain('"a ""b"",\nc"');
});

test.each(["=1+1", "+1", "-1", "@cmd", "\tx", "＝1+1"])("a spreadsheet does not run %j", (targetName) => {
  expect(write("CSV", { ...line, targetName })).toContain(`'${targetName}`);
});

test("NDJSON is one object a line, whatever a name holds, and says what has no target", () => {
  const text = write("NDJSON", { ...line, targetName: "a\nb\u2028c", details: { cores: 2 } });
  expect(text.endsWith("\n")).toBe(true);
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((one) => JSON.parse(one) as unknown),
  ).toEqual([
    {
      id: "1",
      time: "1970-01-01T00:00:00.000Z",
      actor: "Ada",
      email: "ada@example.com",
      action: "node.create",
      target: { type: "node", id: "x", name: "a\nb\u2028c" },
      address: "127.0.0.1",
      details: { cores: 2 },
    },
  ]);
  expect(JSON.parse(write("NDJSON", { ...line, targetType: null }))).toMatchObject({ target: null });
});
