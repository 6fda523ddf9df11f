// The list of DIFFERENCES.md: what it names is 501, and what the lab answers is not named.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "./http/endpoints";
import { openTestLab, raw, type TestLab } from "./test-lab";

let node: TestLab;
beforeAll(async () => {
  node = await openTestLab();
});
afterAll(async () => node.close());

const [, list = ""] = readFileSync(join(import.meta.dirname, "../DIFFERENCES.md"), "utf8").split("## What is 501");
const below = [...list.matchAll(/^- `([^`]+)`: (.*)$/gm)].map(([, path = "", names = ""]) => ({
  path,
  names: names.split(", "),
}));
const calls = [...list.matchAll(/^- ([A-Z, ]+) (`.*)$/gm)].flatMap(([, methods = "", paths = ""]) =>
  methods
    .split(", ")
    .flatMap((method) => [...paths.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => [method, path] as const)),
);

const filled = (path: string) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => ({ node: "pve", vmid: "100", storage: "local" })[name] ?? "x");
async function is501(method: string, path: string) {
  const full = filled(path);
  const { status, reason } = await raw(node.lab, { method, path: `/api2/json${full}` });
  expect([method, path, status, reason]).toEqual([method, path, 501, `Method '${method} ${full}' not implemented`]);
}

test("every line of the list is read", () => {
  const lines = list.split("\n").filter((line) => line.startsWith("- "));
  expect(lines.filter((line) => !/^- (`[^`]+`: \S|[A-Z, ]+ `)/.test(line))).toEqual([]);
  expect(calls.length).toBeGreaterThan(below.length);
});

describe.each(below)("below $path", ({ path, names }) => {
  test.each(names)("%s is not there", async (name) => {
    for (const method of ["GET", "POST", "PUT", "DELETE"]) await is501(method, `${path}/${name}`);
    expect(
      endpoints
        .filter((one) => one.path === `${path}/${name}` || one.path.startsWith(`${path}/${name}/`))
        .map((one) => one.path),
    ).toEqual([]);
  });
});

test.each(calls)("%s %s", async (method, path) => is501(method, path));
