// The words that docs/STYLE.md has done away with do not come back to the screen: in texts of the dashboard, the API and the engine.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { trackedFiles } from "./scripts/test/tracked-files";

const root = import.meta.dirname;
const style = readFileSync(path.join(root, "docs/STYLE.md"), "utf8");
const gone = [...(style.split("## Words that do not come back")[1] ?? "").matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(
  ([, word = "", better = ""]) => ({ word, better }),
);
const files = trackedFiles.filter(
  (file) =>
    /^(apps|packages|temporal\/src|scripts\/stack)\/.*\.tsx?$/.test(file) &&
    !/\.test\.|\/testing\/|packages\/lab\//.test(file),
);
const texts = files.map((file) => ({ file, text: withoutComments(readFileSync(path.join(root, file), "utf8")) }));

test("the table of words is there", () => {
  expect(gone.length).toBeGreaterThan(10);
});

test.each(gone)("nothing that people read says “$word” ($better)", ({ word }) => {
  // A text may be broken into lines by the formatter; an identifier is no text.
  const pattern = new RegExp(`(?<![\\w.])${word.replaceAll(" ", "\\s+")}(?![\\w(])`, "i");
  const found = texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
  expect(found).toEqual([]);
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, "");
}
