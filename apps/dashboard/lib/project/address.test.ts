// Addresses keep their project: each page's is put in and taken out again, and those of before lead on.
import { expect, test } from "vitest";
import { movedFrom, projectHref, queryText, splitPath } from "./address";

const ID = "0198c1f2-0000-7000-8000-000000000001";

test.each([
  ["/", "/p/lab"],
  ["/?q=web", "/p/lab?q=web"],
  ["/new?template=nginx", "/p/lab/new?template=nginx"],
  [`/runs/${ID}?step=create`, `/p/lab/runs/${ID}?step=create`],
  ["/batches", "/p/lab/batches"],
  ["/project", "/p/lab/project"],
  ["/projects/new", "/projects/new"],
  ["/nodes", "/nodes"],
  ["/templates/nginx", "/templates/nginx"],
  ["/p/other/runs", "/p/other/runs"],
  ["//elsewhere.example", "//elsewhere.example"],
  ["https://elsewhere.example/runs", "https://elsewhere.example/runs"],
])("%s in the project lab is %s", (href, inProject) => {
  expect(projectHref("lab", href)).toBe(inProject);
});

test.each([
  ["/p/lab", { slug: "lab", path: "/" }],
  ["/p/lab/runs/1", { slug: "lab", path: "/runs/1" }],
  ["/p/a%20b/new", { slug: "a b", path: "/new" }],
  ["/p/%", { slug: "%", path: "/" }],
  ["/nodes/1", { slug: undefined, path: "/nodes/1" }],
  ["/p", { slug: undefined, path: "/p" }],
])("%s is taken apart", (pathname, parts) => {
  expect(splitPath(pathname)).toEqual(parts);
});

test.each([
  [["runs", ID], { kind: "thing", noun: "run", id: ID }],
  [["containers", ID, "services"], { kind: "thing", noun: "container", id: ID }],
  [["batches", ID], { kind: "thing", noun: "batch", id: ID }],
  [["runs"], { kind: "page" }],
  [["runs", "compare"], { kind: "page" }],
  [["batches", "new"], { kind: "page" }],
  [["new"], { kind: "page" }],
  [["project"], { kind: "page" }],
  [["projects"], undefined],
  [["p", "nobody"], undefined],
  [["nowhere"], undefined],
])("the address of before %j leads on", (segments, moved) => {
  expect(movedFrom(segments)).toEqual(moved);
});

test("a query stays as it was", () => {
  expect(queryText({ a: "1 2", b: ["x", "y"], c: undefined })).toBe("?a=1+2&b=x&b=y");
  expect(queryText({})).toBe("");
});
