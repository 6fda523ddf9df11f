// One error class for everything that can go wrong between us and a Proxmox node; callers compare `kind`, never text.

/**
 * `unreachable` no answer, or one from a hop before the API: after a POST, PUT or DELETE the outcome is unknown ·
 * `certificate` the node showed another certificate than the pinned one; nothing was sent · `auth` who we are was refused ·
 * `permission` what we asked for was refused · `invalid` the request can never succeed as it is · `exists` the VMID is taken ·
 * `missing` the guest or the task is not there (never: the node or a storage) · `locked` a config lock, e.g. `backup` ·
 * `busy` another operation holds the file lock or changed the file: try again · `not_running` · `already_running` the guest runs,
 * and that is in the way · `no_quorum` · `unsupported` this version or storage cannot · `malformed` not an answer of Proxmox ·
 * `server` Proxmox failed in a way we do not know.
 */
export type ProxmoxErrorKind =
  | "unreachable"
  | "certificate"
  | "auth"
  | "permission"
  | "invalid"
  | "exists"
  | "missing"
  | "locked"
  | "busy"
  | "not_running"
  | "already_running"
  | "no_quorum"
  | "unsupported"
  | "malformed"
  | "server";

export interface ProxmoxErrorDetails {
  /** HTTP status; absent when there was no answer. */
  status?: number;
  /** Proxmox's message per refused parameter. */
  fields?: Record<string, string>;
  /** Method and path, without parameters. */
  request?: string;
  /** SHA-256 of the certificate that was shown instead of the pinned one. */
  seenFingerprint?: string;
  cause?: unknown;
}

export class ProxmoxError extends Error {
  override readonly name = "ProxmoxError";
  readonly kind: ProxmoxErrorKind;
  readonly status?: number;
  readonly fields?: Record<string, string>;
  readonly request?: string;
  readonly seenFingerprint?: string;

  constructor(kind: ProxmoxErrorKind, message: string, details: ProxmoxErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    if (details.status !== undefined) this.status = details.status;
    if (details.fields !== undefined) this.fields = details.fields;
    if (details.request !== undefined) this.request = details.request;
    if (details.seenFingerprint !== undefined) this.seenFingerprint = details.seenFingerprint;
  }
}
