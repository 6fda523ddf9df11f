// An open connection: what its owner can do with it.
import type { ExecOptions, ExecResult } from "./exec";

export interface Ssh {
  /**
   * Runs `argv` in place of the login shell of the host, each element one argument; what that shell prints first is set apart as `greeting`. Standard input is empty unless `stdin` is given.
   * Any exit code resolves; it rejects with `SshError` when the outcome is not known. Ending it early closes the channel: what has been
   * started on the host may live on.
   */
  exec(this: void, argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  close(this: void): void;
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
}
