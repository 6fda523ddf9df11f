// How the runner is called: each builder gives the argv to execute inside the container, nothing is executed here.
import { RUNNER_PATH, UNIT_DIR } from "./texts";

export const FilePolicy = ["REPLACE", "DEFAULT", "BACKUP"] as const;
export type FilePolicy = (typeof FilePolicy)[number];

export interface PutFile {
  /** Absolute path inside the container. */
  target: string;
  /** Hex SHA-256 of the content, which goes to stdin. */
  sha256: string;
  /** Octal, such as "0644". */
  mode: string;
  /** "user:group", names or ids. */
  owner: string;
  policy: FilePolicy;
}

/** Exit codes of the runner that mean something to a caller. */
export const RunnerExit = {
  usage: 64,
  damaged: 65,
  missingInput: 66,
  internal: 70,
  cannotCreate: 73,
  io: 74,
  denied: 77,
} as const;

/** Puts stdin to a file; prints `written`, `same`, `kept` or `backed-up <path>`; exits 65 when the content arrived damaged. */
export function putArgv(file: PutFile): string[] {
  return runnerArgv("put", file.target, file.sha256, file.mode, file.owner, file.policy);
}

/** Starts a unit whose script and env were put before; prints `started` or `already`. */
export function startArgv(unit: string): string[] {
  return runnerArgv("start", unit);
}

/** Reads a unit's state and output from `offset` (bytes); waits up to `waitSeconds` for news. Answer: `parseFollow`. */
export function followArgv(unit: string, at: { offset: number; maxBytes: number; waitSeconds: number }): string[] {
  return runnerArgv("follow", unit, String(at.offset), String(at.maxBytes), String(at.waitSeconds));
}

/** Prints what must be masked in this container's output. Answer: `parseSecrets`; never to be stored or logged. */
export function secretsArgv(): string[] {
  return runnerArgv("secrets");
}

/** Prints how many lines of what is kept of a unit's output begin with "WARN: ". */
export function warningsArgv(unit: string): string[] {
  return runnerArgv("warnings", unit);
}

/** Ends a unit and everything it began; returns when nothing of it lives. Also for a unit that never ran or is over. */
export function stopArgv(unit: string): string[] {
  return runnerArgv("stop", unit);
}

/** Waits up to `waitSeconds` until the system has booted and has an address. Answer: `parseReady`. */
export function readyArgv(waitSeconds: number): string[] {
  return runnerArgv("ready", String(waitSeconds));
}

/** Reads registered services and listening sockets. Answer: `parseDiscovery`. */
export function discoverArgv(): string[] {
  return runnerArgv("discover");
}

/** Installs a root-only file from stdin, whole or not at all; does nothing when it is there already. Exits 65 when damaged. */
export function installArgv(path: string, sha256: string): string[] {
  return ["sh", "-c", INSTALL, "homeport-install", path, sha256];
}

/** Where `put` must place the two files of a unit before `start`. */
export function unitPaths(unit: string): { script: string; env: string } {
  return { script: `${UNIT_DIR}/${unit}/script`, env: `${UNIT_DIR}/${unit}/env` };
}

/** The text of a unit's env file: one `NAME=value` a line, read without any evaluation. Values hold no line break. */
export function envText(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new RangeError(`Not a variable name: ${name}`);
      if (/[\0\n]/.test(value)) throw new RangeError(`The value of ${name} holds a line break.`);
      return `${name}=${value}\n`;
    })
    .join("");
}

// `cat` first in every case: a writer whose reader has gone sees a broken pipe instead of an exit code.
const INSTALL = `set -u
path=\${HOMEPORT_ROOT:-}$1
sum() { sha256sum <"$1" | cut -d ' ' -f 1; }
if [ -f "$path" ] && [ "$(sum "$path")" = "$2" ]; then cat >/dev/null; exit 0; fi
umask 077
mkdir -p "\${path%/*}" || exit 73
temp=$path.$$
cat >"$temp" || { rm -f "$temp"; exit 74; }
if [ "$(sum "$temp")" != "$2" ]; then rm -f "$temp"; echo "The file arrived damaged: its checksum differs." >&2; exit 65; fi
chmod 700 "$temp" && mv -f "$temp" "$path" || exit 74`;

function runnerArgv(verb: string, ...args: string[]): string[] {
  return ["sh", RUNNER_PATH, verb, ...args];
}
