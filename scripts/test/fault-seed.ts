// The seed of the random schedule in `npm test`: drawn from what is tested, so that a failure can be played again from its commit alone.
import { execFileSync } from "node:child_process";
import { ROOT } from "../stack/paths";

/** Undefined where the code is no clone: the test draws one then. */
export function seedOfTree(): string | undefined {
  try {
    const tree = execFileSync("git", ["rev-parse", "HEAD^{tree}"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return String(Number.parseInt(tree.slice(0, 8), 16) % 1_000_000);
  } catch {
    return undefined;
  }
}
