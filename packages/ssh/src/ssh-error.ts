// One error class for everything that can go wrong with a connection; callers compare `kind`, never text.

/**
 * `unreachable` no connection · `host_key` the host showed another key than the pinned one; nobody signed in · `auth` the sign-in was
 * refused · `closed` the connection ended before the command did: its outcome is unknown · `timeout` · `aborted` by the caller's signal · `shell` the login shell did not run the command: it is no POSIX
 * shell, or lets nobody in (nologin); the message quotes it.
 */
export type SshErrorKind = "unreachable" | "host_key" | "auth" | "closed" | "timeout" | "aborted" | "shell";

/**
 * Why nobody could sign in. Of the key itself, before the host was asked: `key_unreadable`, `key_passphrase`. Of the host: `key_only`
 * it takes keys and we had none · `password_only` the reverse · `key_refused` · `password_refused` · `second_factor` it took what we
 * had and wants more · `refused` it says no more than that.
 */
export type SshAuthReason =
  | "key_unreadable"
  | "key_passphrase"
  | "key_only"
  | "password_only"
  | "key_refused"
  | "password_refused"
  | "second_factor"
  | "refused";

export class SshError extends Error {
  override readonly name = "SshError";
  /** Fingerprint of the key that was shown instead of the pinned one. */
  readonly seenHostKey?: string;
  /** Of kind "auth". */
  readonly auth?: SshAuthReason;

  constructor(
    readonly kind: SshErrorKind,
    message: string,
    details: { seenHostKey?: string; auth?: SshAuthReason; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    if (details.seenHostKey !== undefined) this.seenHostKey = details.seenHostKey;
    if (details.auth !== undefined) this.auth = details.auth;
  }
}
