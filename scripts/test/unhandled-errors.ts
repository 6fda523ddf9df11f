// A reporter of Vitest's: what was thrown outside of every test fails a run, and its json reporter does not name it.
import path from "node:path";
import type { SerializedError } from "vitest";
import type { Reporter } from "vitest/node";
import { writeAtomically } from "../stack/processes";

/** Names the file that is written: what each error says, and where it came from. */
export const UNHANDLED_FILE = "HOMEPORT_UNHANDLED_ERRORS";

const root = path.resolve(import.meta.dirname, "../..");

/** @public Vitest loads it by its path. */
export default class UnhandledErrors implements Reporter {
  onTestRunEnd(_modules: unknown, errors: readonly SerializedError[]): void {
    const file = process.env[UNHANDLED_FILE];
    if (file !== undefined) writeAtomically(file, errors.map(named));
  }
}

/** "Unhandled Rejection in <file>, during "<test>": Error: away, at packages/api/src/wake.ts:12:3". */
function named(error: SerializedError): string {
  const { type, VITEST_TEST_PATH: file, VITEST_TEST_NAME: test } = error as Record<string, unknown>;
  const kind = typeof type === "string" ? type : "Error outside of a test";
  const within = typeof file === "string" ? ` in ${path.relative(root, file)}` : "";
  const during = typeof test === "string" ? `, during "${test}"` : "";
  return `${kind}${within}${during}: ${error.name ?? "Error"}: ${error.message}${cameFrom(error.stack)}`;
}

/** The first place in our own sources; the first of all when there is none. */
function cameFrom(stack: string | undefined): string {
  const frames = (stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  const frame = frames.find((line) => line.includes(root) && !line.includes("node_modules")) ?? frames[0];
  return frame === undefined ? "" : `, ${frame.trim().replaceAll(`${root}/`, "").replaceAll("file://", "")}`;
}
