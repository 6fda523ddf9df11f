// Who may depend on whom; docs/ARCHITECTURE.md draws the same picture.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { trackedFiles as tracked } from "./scripts/test/tracked-files";

const root = import.meta.dirname;

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
const manifests = tracked
  .filter((path) => path.endsWith("/package.json"))
  .map((path) => ({ path, ...(JSON.parse(readFileSync(`${root}/${path}`, "utf8")) as Manifest) }));

/** What each workspace may need in production. `lab` stands alone: it is for development and tests. */
const below: Record<string, readonly string[]> = {
  "@homeport/db": [],
  "@homeport/domain": ["@homeport/db"],
  "@homeport/proxmox": [],
  "@homeport/ssh": [],
  "@homeport/guest": [],
  "@homeport/ui": [],
  "@homeport/auth": ["@homeport/db", "@homeport/domain"],
  "@homeport/records": ["@homeport/db", "@homeport/domain"],
  "@homeport/temporal": [
    "@homeport/db",
    "@homeport/domain",
    "@homeport/guest",
    "@homeport/proxmox",
    "@homeport/records",
    "@homeport/ssh",
  ],
  "@homeport/api": ["@homeport/auth", "@homeport/db", "@homeport/domain", "@homeport/records", "@homeport/temporal"],
  "@homeport/dashboard": [
    "@homeport/api",
    "@homeport/auth",
    "@homeport/db",
    "@homeport/domain",
    "@homeport/temporal",
    "@homeport/ui",
  ],
  "@homeport/lab": ["@homeport/guest"],
  "@homeport/testing": ["@homeport/db", "@homeport/domain"],
  "@homeport/faults": [],
};

const ours = (dependencies: Record<string, string> = {}) =>
  Object.keys(dependencies).filter((name) => name.startsWith("@homeport/"));

test("every workspace is in the table", () => {
  expect(manifests.map(({ name }) => name).sort()).toEqual(Object.keys(below).sort());
});

test.each(manifests)("$name depends only on what is below it", ({ name, dependencies }) => {
  expect(below[name]).toEqual(expect.arrayContaining(ours(dependencies)));
});

test.each(manifests)(
  "$name imports no workspace that its package.json does not name",
  ({ path, name, dependencies, devDependencies }) => {
    const named = new Set([name, ...ours(dependencies), ...ours(devDependencies)]);
    const folder = `${dirname(path)}/`;
    const strangers = sources(folder).flatMap((file) =>
      imports(file)
        .filter((one) => !named.has(one))
        .map((one) => `${file}: ${one}`),
    );
    expect(strangers).toEqual([]);
  },
);

test.each(["lab", "testing"])("%s is in no production code", (name) => {
  const users = manifests
    .filter(({ dependencies }) => ours(dependencies).includes(`@homeport/${name}`))
    .map(({ name }) => name);
  expect(users).toEqual([]);
  const importers = tracked
    .filter(
      (file) =>
        isSource(file) &&
        !isTest(file) &&
        !file.startsWith(`packages/${name}/`) &&
        /^(apps|packages|temporal|prisma)\//.test(file),
    )
    .filter((file) => imports(file).includes(`@homeport/${name}`));
  expect(importers).toEqual([]);
});

test("only temporal reaches a host", () => {
  const hands = ["@homeport/proxmox", "@homeport/ssh"];
  const users = manifests
    .filter(({ dependencies }) => ours(dependencies).some((one) => hands.includes(one)))
    .map(({ name }) => name);
  expect(users).toEqual(["@homeport/temporal"]);
});

test("the API knows of temporal only its contract and its client", () => {
  const deep = sources("packages/api/")
    .flatMap((file) => specifiers(file))
    .filter(
      (one) =>
        one.startsWith("@homeport/temporal") &&
        !["@homeport/temporal/contract", "@homeport/temporal/client"].includes(one),
    );
  expect(deep).toEqual([]);
});

test("every Temporal package has one version, as two copies of the SDK break workflows", () => {
  const versions = manifests.flatMap(({ dependencies = {}, devDependencies = {} }) =>
    Object.entries({ ...dependencies, ...devDependencies })
      .filter(([name]) => name.startsWith("@temporalio/"))
      .map(([, version]) => version),
  );
  expect(new Set(versions).size).toBe(1);
});

test("no folder is a bag", () => {
  const bags = tracked.filter((file) =>
    /(^|\/)(utils?|common|helpers?|managers?|validators|misc)(\/|\.tsx?$)/.test(file),
  );
  expect(bags).toEqual([]);
});

test("each package explains itself: its files begin with their reason", () => {
  const silent = tracked
    .filter((file) => isSource(file) && !isTest(file) && !file.endsWith(".d.ts"))
    .filter(
      (file) => !/^(#!.*\n)?("use (client|server)";\n+)?(\/\/|\/\*)/.test(readFileSync(`${root}/${file}`, "utf8")),
    );
  expect(silent).toEqual([]);
});

test("a folder is a room: about twenty sources, then it gets rooms of its own", () => {
  const sizes = new Map<string, number>();
  for (const file of tracked.filter((one) => isSource(one) && !isTest(one)))
    sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
  // The one flat list is the component library's: its folder is its index.
  const crowded = [...sizes].filter(([folder, count]) => count > 25 && folder !== "packages/ui/src");
  expect(crowded).toEqual([]);
});

test("features of the dashboard know each other by their index alone", () => {
  const features = "apps/dashboard/features/";
  const deep = sources(features).flatMap((file) => {
    const own = file.slice(features.length).split("/")[0];
    return specifiers(file)
      .map((one) => (one.startsWith(".") ? join(dirname(file), one) : one.replace("@/", "apps/dashboard/")))
      .filter((one) => one.startsWith(features) && one.slice(features.length).split("/")[0] !== own)
      .filter((one) => one.slice(features.length).includes("/"))
      .map((one) => `${file}: ${one}`);
  });
  expect(deep).toEqual([]);
});

function isSource(file: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(file);
}

function isTest(file: string): boolean {
  return /\.(test|e2e|bench|contract)\.tsx?$|\/testing\//.test(file);
}

/** Our own sources below a folder, without tests. */
function sources(folder: string): string[] {
  return tracked.filter((file) => file.startsWith(folder) && isSource(file));
}

function specifiers(file: string): string[] {
  const text = readFileSync(`${root}/${file}`, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map((match) => match[1] ?? "");
}

function imports(file: string): string[] {
  return specifiers(file)
    .filter((one) => one.startsWith("@homeport/"))
    .map((one) => one.split("/").slice(0, 2).join("/"));
}
