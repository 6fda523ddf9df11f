// Every file of ours that a comment or a document names exists: a name that leads nowhere costs the reader more than none.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { trackedFiles as tracked } from "./scripts/test/tracked-files";

const root = import.meta.dirname;

const known = new Set(tracked.flatMap((file) => ancestors(file)));
const baseNames = new Set(tracked.map((file) => path.basename(file)));
const TOPS = "apps|packages|prisma|temporal|faults|bench|e2e|scripts|docs|templates";
/** With a folder of ours in front, as `temporal/src/fence.ts` and `docs/decisions`; what a `#` follows is a repository of GitHub. */
const SEGMENT = String.raw`(?:[\w.*{},-]|\[\w+\]|\(\w+\))+`;
const FROM_ROOT = new RegExp(`(?<![\\w@./-])(?:${TOPS})/${SEGMENT}(?:/${SEGMENT})*(?![\\w#])`, "g");
/** As code and comments name a rule: `domain/run/run-kinds`. */
const OF_DOMAIN = /(?<![\w@./-])domain(?=\/[\w-])(?:\/[\w.-]+)+/g;
/** A file of ours by its name alone, as `engine-names.ts`. */
const BY_NAME = /(?<![\w@/.:*{}-])[\w-]+(?:\.[\w-]+)*\.(?:ts|tsx|mjs|md|prisma)\b(?![/.]\w)/g;
const LINK = /\]\(([^)#\s]+)[^)]*\)/g;

test.each(tracked.filter((file) => file.endsWith(".md")))("%s: every file that it names exists", (file) => {
  const text = readFileSync(path.join(root, file), "utf8");
  const links = [...text.matchAll(LINK)]
    .map(([, to = ""]) => to)
    .filter((to) => !/^[a-z]+:/.test(to))
    .map((to) => path.join(path.dirname(file), to).replace(/\/$/, ""))
    .filter((to) => !known.has(to));
  expect([...links, ...dead(text)]).toEqual([]);
});

test("every file that a comment names exists", () => {
  const found = tracked
    .filter((file) => /\.(ts|tsx|mjs|prisma)$/.test(file))
    .flatMap((file) => dead(comments(readFileSync(path.join(root, file), "utf8"))).map((name) => `${file}: ${name}`));
  expect(found).toEqual([]);
});

function dead(text: string): string[] {
  const ofDomain = [...text.matchAll(OF_DOMAIN)].map(([name]) => name.replace("domain/", "packages/domain/src/"));
  const paths = [...[...text.matchAll(FROM_ROOT)].map(([name]) => name), ...ofDomain]
    .map((name) => name.replace(/[.,)/\]]+$/, ""))
    .filter((name) => !exists(name));
  const names = [...text.matchAll(BY_NAME)].map(([name]) => name).filter((name) => !baseNames.has(name));
  return [...paths, ...names];
}

/** As written, or without its extension; what has a pattern in it is no name. */
function exists(name: string): boolean {
  return (
    /[*{}]/.test(name) ||
    known.has(name) ||
    [".ts", ".tsx", ".test.ts", ".md"].some((end) => known.has(`${name}${end}`))
  );
}

function comments(source: string): string {
  return [...source.matchAll(/(?:^|\s)(\/\/.*|\/\*[\s\S]*?\*\/)/g)].map(([, comment]) => comment).join("\n");
}

function ancestors(file: string): string[] {
  const parts = file.split("/");
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
