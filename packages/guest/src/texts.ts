// The shell files of Homeport inside a container: two that are installed there, and where; one that is run as it is.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export const RUNNER_PATH = "/usr/local/lib/homeport/runner";
export const HELPERS_PATH = "/usr/local/lib/homeport/helpers";
export const UNIT_DIR = "/var/lib/homeport/units";

/** The runner's text: a POSIX sh file. */
export const runner = readFileSync(new URL("./runner.sh", import.meta.url), "utf8");

/** The text that templates' scripts source as their first line. */
export const helpers = readFileSync(new URL("./helpers.sh", import.meta.url), "utf8");

/** What `sh -c` runs at the container's end of a channel (channel.ts): without its comments, as it stands in the list of processes. */
export const channelText = readFileSync(new URL("./channel.sh", import.meta.url), "utf8").replace(/^ *#.*\n|^\n/gm, "");

/** Hex SHA-256, as `put` and `installArgv` expect it. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
