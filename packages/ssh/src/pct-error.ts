// What `pct` itself refused, told apart from what a command inside the container answered.

/** `missing` no such container on this node · `not_running` · `invalid` an option was refused · `failed` anything else. */
export type PctErrorKind = "missing" | "not_running" | "invalid" | "failed";

export class PctError extends Error {
  override readonly name = "PctError";

  /** Of `pct`; 0 where it claimed success. */
  readonly code: number | null;
  readonly stderr: string;

  constructor(
    readonly kind: PctErrorKind,
    message: string,
    outcome: { code: number | null; stderr: string },
  ) {
    super(message);
    this.code = outcome.code;
    this.stderr = outcome.stderr;
  }
}

/** Texts seen on 9.2 and 8.4; `pct` has no exit codes of its own to go by: 255 for most, 2 for an unknown VMID. */
export function pctErrorKind(stderr: string): PctErrorKind {
  if (/Configuration file '[^']*' does not exist/.test(stderr)) return "missing";
  if (/not running|only push files to a running CT/.test(stderr)) return "not_running";
  if (/^400 |Unknown option|unable to parse option/m.test(stderr)) return "invalid";
  return "failed";
}

/** `stderr` without what Perl and shells say about a locale that the node does not have. */
export function complaintOf(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => !/^(?:perl: warning|locale:|\S*sh: warning: setlocale|\s|$)/.test(line))
    .join("\n")
    .trim();
}

/** Whether `pct exec` failed before the command began: its own text is then all there is on standard error. */
export function isRefusalOfExec(code: number | null, stderr: string): boolean {
  if (code !== 2 && code !== 255) return false;
  return /^(?:container '\d+' not running!|Configuration file 'nodes\/[^']+' does not exist|400 [^\n]*|Unknown option: [^\n]*)\s*$/.test(
    complaintOf(stderr),
  );
}
