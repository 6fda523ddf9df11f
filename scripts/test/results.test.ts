// The last line of `npm test` is what people and CI believe: it must never be greener than the run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "../stack/paths";
import { writeAtomically } from "../stack/processes";
import {
  lastLine,
  merge,
  readPlaywright,
  readVitest,
  withExitCode,
  type PlaywrightReport,
  type VitestReport,
} from "./results";
import { UNHANDLED_FILE } from "./unhandled-errors";

const NO_FILE = "/nothing/was/ever/written/here";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "homeport-results-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

test("a test file that does not load counts as a failure", () => {
  const report: VitestReport = {
    testResults: [
      {
        name: "a",
        status: "passed",
        assertionResults: [
          { status: "passed", fullName: "a works" },
          { status: "pending", fullName: "a needs root" },
        ],
      },
      { name: "b", status: "failed", message: "Cannot find module x\n  at b:1", assertionResults: [] },
    ],
  };

  expect(readVitest(saved(report), NO_FILE)).toMatchObject({
    passed: 1,
    failed: 1,
    failures: ["b: Cannot find module x"],
    skipped: ["a needs root"],
  });
});

test("a browser test that passed only when repeated counts as a failure", () => {
  const report: PlaywrightReport = {
    suites: [
      {
        suites: [
          {
            specs: [
              { title: "sign up", tests: [{ status: "expected" }] },
              { title: "create", tests: [{ status: "flaky" }] },
              { title: "lxc", tests: [{ status: "skipped" }] },
            ],
          },
        ],
      },
    ],
  };

  expect(readPlaywright(saved(report))).toEqual({
    passed: 1,
    failed: 1,
    failures: ["create: passed only when repeated"],
    skipped: ["lxc"],
  });
});

test("a browser test that failed says where, and what it waited for", () => {
  const message =
    "\u001b[31mError\u001b[39m: expect(locator).toBeVisible() failed\n\nLocator: getByText('Ready')\nTimeout: 20000ms";
  const errors = [{ message, location: { file: "/a/e2e/create.e2e.ts", line: 12 } }, {}];
  const report: PlaywrightReport = {
    suites: [{ specs: [{ title: "create", tests: [{ status: "unexpected", results: [{ errors }] }] }] }],
  };

  expect(readPlaywright(saved(report)).failures).toEqual([
    "create: create.e2e.ts:12: Error: expect(locator).toBeVisible() failed; Locator: getByText('Ready'); Timeout: 20000ms no text of an error",
  ]);
});

test("a failed test is named at the end, with the first line of why", () => {
  const report: VitestReport = {
    testResults: [
      {
        name: "a",
        status: "failed",
        assertionResults: [
          { status: "failed", fullName: "a works", failureMessages: ["expected 1 to be 2\n  at a:1"] },
        ],
      },
    ],
  };

  expect(merge([readVitest(saved(report), NO_FILE)]).failures).toEqual(["a works: expected 1 to be 2"]);
});

test("a tool that ends badly without naming a test has failed, and is named itself", () => {
  expect(withExitCode(readVitest(NO_FILE, NO_FILE), 1, "Vitest (unit)")).toMatchObject({
    passed: 0,
    failed: 1,
    failures: ["Vitest (unit) ended with 1, though none of its tests failed"],
    skipped: [],
  });
});

test("an error outside of every test is a failure, with the file and the test that it came in, and its place", async () => {
  const file = path.join(dir, "left.test.ts");
  const unhandled = path.join(dir, "unhandled.json");
  const report = path.join(dir, "report.json");
  writeFileSync(
    file,
    `import { test } from "vitest";
     test("leaves a promise", async () => {
       void Promise.reject(new Error("nobody waits for me"));
       await new Promise((resolve) => setTimeout(resolve, 50));
     });`,
  );
  symlinkSync(path.join(ROOT, "node_modules"), path.join(dir, "node_modules"));

  const exitCode = await vitestIn(dir, report, unhandled);

  const outcome = withExitCode(readVitest(report, unhandled), exitCode, "Vitest");
  expect(outcome).toMatchObject({ passed: 1, failed: 1 });
  expect(outcome.failures?.[0]).toMatch(
    /^Unhandled Rejection in .*left\.test\.ts, during "leaves a promise": Error: nobody waits for me, at .*left\.test\.ts:3/,
  );
});

test("skipped is said, and in CI it is a failure", () => {
  const outcome = merge([
    { passed: 3, failed: 0, skipped: [] },
    { passed: 1, failed: 0, skipped: ["e2e: no browser"] },
  ]);

  expect(lastLine(outcome, false)).toEqual({ line: "4 passed, 0 failed, 1 skipped", exitCode: 0 });
  expect(lastLine(outcome, true)).toEqual({ line: "4 passed, 1 failed", exitCode: 1 });
});

test("a run in which nothing ran is not a success", () => {
  expect(lastLine({ passed: 0, failed: 0, skipped: [] }, false).exitCode).toBe(1);
});

function saved(report: unknown): string {
  const file = path.join(dir, "report.json");
  writeAtomically(file, report);
  return file;
}

async function vitestIn(root: string, report: string, unhandled: string): Promise<number> {
  const argv = ["run", "--root", root, "--reporter=json", `--outputFile.json=${report}`];
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, "node_modules/vitest/vitest.mjs"),
      ...argv,
      `--reporter=${import.meta.dirname}/unhandled-errors.ts`,
    ],
    { env: { PATH: process.env.PATH, [UNHANDLED_FILE]: unhandled }, stdio: "ignore" },
  );
  const [code] = (await once(child, "exit")) as [number];
  return code;
}
