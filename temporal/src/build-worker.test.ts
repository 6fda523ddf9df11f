// What is built is of the sources that are there now, however often and by whomever it is built.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildWorker, installWorker, type WorkerSources } from "./build-worker";

let dir: string;
let sources: WorkerSources;
const cache = () => path.join(dir, "cache");
const write = (name: string, text: string) => {
  writeFileSync(path.join(dir, name), text);
  return path.join(dir, name);
};
const writeWorkflow = (answer: string) =>
  write("steps.ts", `export const answer = (): string => ${JSON.stringify(answer)};\n`);
const run = (main: string) => execFileSync(process.execPath, [main], { encoding: "utf8" });

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), "homeport-build-"));
  symlinkSync(path.join(import.meta.dirname, "../node_modules"), path.join(dir, "node_modules"));
  writeWorkflow("first");
  write("beside.sh", "echo first\n");
  sources = {
    main: write(
      "main.ts",
      [
        'import { readFileSync } from "node:fs";',
        'import { answer } from "./steps";',
        'const beside = readFileSync(new URL("./beside.sh", import.meta.url), "utf8");',
        "console.log(answer(), beside, import.meta.url);",
      ].join("\n"),
    ),
    workflows: write(
      "workflows.ts",
      'import { answer } from "./steps";\nexport async function flow(): Promise<string> { return answer(); }\n',
    ),
    interceptors: [write("interceptors.ts", "export const interceptors = () => ({ inbound: [], outbound: [] });\n")],
  };
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

test("a source that changed, however deep, gives another worker and other workflows; changed back, the same again", async () => {
  const first = await buildWorker(sources, cache());
  expect(run(first.main)).toContain("first");
  expect(readFileSync(first.workflows, "utf8")).toContain('"first"');

  writeWorkflow("second");
  const second = await buildWorker(sources, cache());
  expect(run(second.main)).toContain("second");
  expect(readFileSync(second.workflows, "utf8")).toContain('"second"');
  expect([second.main, second.workflows]).not.toContain(first.main);
  expect(second.workflows).not.toBe(first.workflows);

  writeWorkflow("first");
  expect(await buildWorker(sources, cache())).toEqual(first);
});

test("an interceptor that changed gives other workflows, and the same worker", async () => {
  const before = await buildWorker(sources, cache());
  write("interceptors.ts", "export const interceptors = () => ({ inbound: [], outbound: [{}] });\n");
  const after = await buildWorker(sources, cache());
  expect(after.main).toBe(before.main);
  expect(after.workflows).not.toBe(before.workflows);
});

test("a file that is read beside a source is part of it, and its place is the source's", async () => {
  const before = await buildWorker(sources, cache());
  write("beside.sh", "echo second\n");
  const after = await buildWorker(sources, cache());
  expect(run(before.main)).toContain("echo first");
  expect(run(after.main)).toContain("echo second");
  expect(run(after.main)).toContain(`${path.basename(dir)}/main.ts`);
  expect(after.workflows).toBe(before.workflows);
});

test("what was built is not built again, and what was not used for a week is removed by the next", async () => {
  const built = await buildWorker(sources, cache());
  const { ino } = statSync(built.workflows);
  const old = write("cache/workflows-of-long-ago.js", "");
  utimesSync(old, 0, 0);
  expect(await buildWorker(sources, cache())).toEqual(built);
  expect(statSync(built.workflows).ino).toBe(ino);
  expect(existsSync(old)).toBe(true);
  writeWorkflow("third");
  await buildWorker(sources, cache());
  expect(existsSync(old)).toBe(false);
});

test("an installation runs a copy: whole without the cache, and of one build only", async () => {
  const home = path.join(dir, "home");
  writeWorkflow("fourth");
  installWorker(await buildWorker(sources, cache()), home);
  writeWorkflow("fifth");
  const installed = installWorker(await buildWorker(sources, cache()), home);
  rmSync(cache(), { recursive: true });
  expect(run(installed.main)).toContain("fifth");
  expect(
    readdirSync(home)
      .map((name) => path.join(home, name))
      .sort(),
  ).toEqual(Object.values(installed).sort());
});

test("a source that does not compile is an error that names it", async () => {
  write("steps.ts", "export const answer = (: string");
  await expect(buildWorker(sources, cache())).rejects.toThrow("steps.ts:1");
});
