// The two shell files that Homeport installs in a container, and where they go.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export const RUNNER_PATH = "/usr/local/lib/homeport/runner";
export const HELPERS_PATH = "/usr/local/lib/homeport/helpers";
export const UNIT_DIR = "/var/lib/homeport/units";

/** The runner's text: a POSIX sh file. */
export const runner = readFileSync(new URL("./runner.sh", import.meta.url), "utf8");

/** The text that templates' scripts source as their first line. */
export const helpers = readFileSync(new URL("./helpers.sh", import.meta.url), "utf8");

/** Hex SHA-256, as `put` and `installArgv` expect it. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
