// The only place where a status and a text of Proxmox become a kind.
import type { ProxmoxErrorKind } from "./error";

/**
 * Texts of handlers that `die` (HTTP 500) and of failed tasks, first match wins. Proxmox has no machine-readable error codes.
 * Sources: pve-container src/PVE/API2/LXC.pm, API2/LXC/Status.pm, LXC/Config.pm; pve-guest-common AbstractConfig.pm;
 * pve-storage Storage.pm; pve-cluster; all but the HA, quorum and file lock texts were seen in answers of 9.2 and 8.4.
 */
const texts: readonly (readonly [RegExp, ProxmoxErrorKind])[] = [
  [/no quorum|cluster not ready/, "no_quorum"],
  [/unable to open file '\/etc\/pve\/.*Permission denied/, "no_quorum"],
  [/Configuration file '[^']*' does not exist/, "missing"],
  [/no such task|no such VM \('|no such resource/, "missing"],
  // Before "exists": in this order a lock on the name of an existing guest stays a lock.
  [/(?:CT|VM) is locked \(/, "locked"],
  [/can't lock file|got timeout|got lock request timeout|can't acquire lock|unable to acquire/, "busy"],
  [/detected modified configuration/, "busy"],
  [/(?:CT|VM) \d+ already exists/, "exists"],
  [/already running|container is running|CT is running/, "already_running"],
  [/(?:CT|VM|container) '?\d+'? not running/, "not_running"],
  // The name of a node that does not exist, or a name server that is down: it must never read as "the guest is gone".
  [/hostname lookup '.*' failed/, "unreachable"],
  [/feature is not available/, "unsupported"],
  [/Permission check failed|Only root can/, "permission"],
  [/(?:storage|bridge|volume|pool) '[^']*' (?:does not exist|is disabled|is not available)/, "invalid"],
  [/does not support (?:container|templates|content)/, "invalid"],
  [
    /SSH public key validation error|unable to shrink disk size|disk is already at specified size|format error/,
    "invalid",
  ],
  [/unable to modify read-only option|unable to delete required option|no options specified/, "invalid"],
  [/protection mode enabled|used in HA resources|can't start a CT if it's a template/, "invalid"],
  [/mount points configured, but 'rootfs' not set/, "invalid"],
];

const statuses: Readonly<Record<number, ProxmoxErrorKind>> = {
  401: "auth",
  403: "permission",
  404: "unsupported",
  408: "busy",
  413: "invalid",
  429: "busy",
  // A reverse proxy in front of the node speaking, not the node.
  502: "unreachable",
  503: "unreachable",
  504: "unreachable",
  // pveproxy's own codes for a node behind it that does not answer (AnyEvent::HTTP).
  595: "unreachable",
  596: "unreachable",
  597: "unreachable",
  598: "unreachable",
  599: "unreachable",
};

/** The kind of a refused request: `status` and `text` of the answer, `fields` as Proxmox names them under `errors`. */
export function classify(
  status: number,
  text: string,
  fields: Readonly<Record<string, string>> = {},
): ProxmoxErrorKind {
  const known = statuses[status];
  if (known) return known;
  if (status === 501) return /too large/.test(text) ? "invalid" : "unsupported";
  if (status >= 400 && status < 500) {
    if (/ already exists$/m.test(fields["vmid"] ?? "")) return "exists";
    if (/no such task/.test(fields["upid"] ?? text)) return "missing";
    return "invalid";
  }
  return status >= 500 ? fromText(text) : "malformed";
}

/** How a task ended: `warnings` is a success that left something to read in its log. */
export type TaskVerdict = { ok: true; warnings: number } | { ok: false; kind: ProxmoxErrorKind; message: string };

/** Judges a task's `exitstatus`: `OK`, `WARNINGS: n`, or the text of the error. */
export function classifyTaskExit(exitstatus: string): TaskVerdict {
  if (exitstatus === "OK") return { ok: true, warnings: 0 };
  const warnings = /^WARNINGS: (\d+)$/.exec(exitstatus);
  if (warnings) return { ok: true, warnings: Number(warnings[1]) };
  return { ok: false, kind: fromText(exitstatus), message: exitstatus };
}

function fromText(text: string): ProxmoxErrorKind {
  return texts.find(([pattern]) => pattern.test(text))?.[1] ?? "server";
}
