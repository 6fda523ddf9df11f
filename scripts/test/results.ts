// What the test tools report, as numbers: passed, failed, and what was skipped, by name.
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { readJson } from "../stack/processes";

export interface Outcome {
  passed: number;
  failed: number;
  /** What failed, by name: said once more at the end, where a reader of a long log looks. */
  failures?: string[];
  /** "name: reason", or the name alone when the test itself says why. */
  skipped: string[];
}

/** The parts of Vitest's json reporter that matter here. */
export interface VitestReport {
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
}

/** The parts of Playwright's json reporter that matter here. */
export interface PlaywrightReport {
  suites: PlaywrightSuite[];
  errors?: unknown[];
}
interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: { title: string; tests: PlaywrightTest[] }[];
}
interface PlaywrightTest {
  status: string;
  projectName?: string;
  /** One for each try. */
  results?: { errors?: { message?: string; location?: { file: string; line: number } }[] }[];
}

export function merge(outcomes: readonly Outcome[]): Outcome {
  const sum = (pick: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    failures: outcomes.flatMap(({ failures }) => failures ?? []),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  };
}

/** A tool that failed without a failed test (it crashed, or a file did not load) has failed once. */
export function withExitCode(outcome: Outcome, exitCode: number, tool: string): Outcome {
  return exitCode !== 0 && outcome.failed === 0
    ? { ...outcome, failed: 1, failures: [`${tool} ended with ${exitCode}, though none of its tests failed`] }
    : outcome;
}

/** `unhandled`: the file of the reporter in unhandled-errors.ts. Errors outside of tests fail a run as those inside do. */
export function readVitest(file: string, unhandled: string): Outcome {
  const report = readJson<VitestReport>(file) ?? { testResults: [] };
  const tests = report.testResults.flatMap((suite) => suite.assertionResults);
  // A file that does not load has no tests to fail: it counts as one.
  const broken = report.testResults.filter(
    (suite) => suite.status === "failed" && !suite.assertionResults.some(({ status }) => status === "failed"),
  );
  const failures = [
    ...tests
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages?.[0])}`),
    ...broken.map(({ name, message }) => `${name}: ${firstLine(message)}`),
    ...(readJson<string[]>(unhandled) ?? []),
  ];
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: failures.length,
    failures,
    skipped: tests.filter(({ status }) => !["passed", "failed"].includes(status)).map(({ fullName }) => fullName),
  };
}

const firstLine = (text: string | undefined): string => (text ?? "").split("\n", 1)[0] ?? "";

/** A test that passed at the second try has failed: it says something about us or about itself. */
export function readPlaywright(file: string): Outcome {
  const report = readJson<PlaywrightReport>(file);
  if (!report) return { passed: 0, failed: 0, skipped: [] };
  const specs = (suite: PlaywrightSuite): NonNullable<PlaywrightSuite["specs"]> => [
    ...(suite.specs ?? []),
    ...(suite.suites ?? []).flatMap(specs),
  ];
  const tests = report.suites
    .flatMap(specs)
    .flatMap(({ title, tests: runs }) => runs.map((run) => ({ title, ...run })));
  const failures = tests
    .filter(({ status }) => status === "unexpected" || status === "flaky")
    .map(
      ({ title, status, results }) =>
        `${title}:${status === "flaky" ? " passed only when repeated" : ""}${causesInBrowser(results ?? [])}`,
    );
  return {
    passed: tests.filter(({ status }) => status === "expected").length,
    failed: failures.length,
    failures,
    skipped: tests.filter(({ status }) => status === "skipped").map(({ title }) => title),
  };
}

/** A timeout says in its second line what it waited for, so that one line alone would not tell a reader anything. */
const LINES_OF_A_CAUSE = 8;
const CHARACTERS_OF_A_CAUSE = 500;

function causesInBrowser(results: NonNullable<PlaywrightTest["results"]>): string {
  return results
    .flatMap(({ errors }) => errors ?? [])
    .map(({ message, location }) => {
      const lines = stripVTControlCharacters(message ?? "").split("\n");
      const cause = lines
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .slice(0, LINES_OF_A_CAUSE)
        .join("; ")
        .slice(0, CHARACTERS_OF_A_CAUSE);
      const words = cause === "" ? "no text of an error" : cause;
      return ` ${location ? `${path.basename(location.file)}:${location.line}: ` : ""}${words}`;
    })
    .join("");
}

/** The last line of a run: "12 passed, 0 failed, 1 skipped". In CI nothing may be skipped. */
export function lastLine({ passed, failed, skipped }: Outcome, ci: boolean): { line: string; exitCode: number } {
  const failures = failed + (ci ? skipped.length : 0);
  const line = `${passed} passed, ${failures} failed${!ci && skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`;
  return { line, exitCode: failures === 0 && passed > 0 ? 0 : 1 };
}
