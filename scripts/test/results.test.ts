// The last line of `npm test` is what people and CI believe: it must never be greener than the run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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

  expect(readVitest(saved(report))).toMatchObject({
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

  expect(merge([readVitest(saved(report))]).failures).toEqual(["a works: expected 1 to be 2"]);
});

test("a tool that ends badly without naming a test has failed", () => {
  expect(withExitCode(readVitest(path.join(dir, "never-written")), 1)).toMatchObject({
    passed: 0,
    failed: 1,
    skipped: [],
  });
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
