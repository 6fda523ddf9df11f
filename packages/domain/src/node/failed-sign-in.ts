// Whether Homeport gets into a node with what it was given, by what a test of it reported.
import type { NodeReport } from "./node-report";

/** What a node is not saved without: that Homeport gets in with what it was given. Other failures are a person's to decide about. */
const signIns: readonly string[] = ["api", "ssh"];

/** By its label, the sign-in that failed; `undefined` when all that were given work. */
export function failedSignIn(report: NodeReport): string | undefined {
  return report.lines.find(({ id, state }) => signIns.includes(id) && state === "failed")?.label;
}
