// One command over an open connection: streamed, bounded, and ended at once when its caller loses interest.
import { Readable } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { Collector } from "./collector";
import { createFrame, greetingOf } from "./frame";
import { hangUp } from "./hang-up";
import { shellQuote } from "./shell-quote";
import { SshError, type SshErrorKind } from "./ssh-error";

export interface ExecOptions {
  /** A stream is passed on as it comes, and its end is the end of the command's standard input. */
  stdin?: string | Buffer | Readable | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  /** How much of each stream the result keeps; default 16 MiB. */
  maxBytes?: number | undefined;
  /** Takes standard output as it comes; the result's `stdout` is empty then. */
  onStdout?: ((bytes: Buffer) => void) | undefined;
  /** Takes standard error as it comes; the result keeps it as well, to explain failures. */
  onStderr?: ((bytes: Buffer) => void) | undefined;
}

export interface ExecResult {
  /** `null` when a signal ended it. */
  code: number | null;
  /** Without `SIG`, e.g. `KILL`. */
  signal?: string;
  stdout: Buffer;
  stderr: string;
  /** More than `maxBytes` came, and the rest was dropped. */
  truncated: boolean;
  /** What the login shell printed before the command began, in one line of at most 200 characters; it is in neither stream. */
  greeting: string;
}

const MAX_BYTES = 16 * 1024 * 1024;

/** Runs `argv`; see `Ssh.exec`. */
export function exec(client: Client, argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  const { signal, timeoutMs, onStdout, onStderr, maxBytes = MAX_BYTES } = options;
  const frame = createFrame();
  const command = frame.line(shellQuote(argv));
  return new Promise((resolve, reject) => {
    let channel: ClientChannel | undefined;
    let settled = false;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => end("timeout", `The command took longer than ${timeoutMs} ms.`), timeoutMs);

    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      client.removeListener("close", onClose);
      act();
    };
    const fail = (kind: SshErrorKind, message: string, cause?: unknown): void =>
      settle(() => reject(new SshError(kind, message, { cause })));
    const end = (kind: SshErrorKind, message: string): void => {
      fail(kind, message);
      if (channel) hangUp(channel);
    };
    const onAbort = (): void => end("aborted", "The command was aborted.");
    const onClose = (): void => fail("closed", "The connection ended before the command did.");

    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    client.once("close", onClose);

    const onOpen = (error: Error | undefined, opened: ClientChannel): void => {
      if (error) return fail("closed", `The host opened no channel: ${error.message}`, error);
      opened.on("error", (cause: Error) => fail("closed", `The channel broke: ${cause.message}`, cause));
      // The signal may have come while the channel was being opened; nobody else would close it.
      if (settled) return hangUp(opened);
      channel = opened;
      const stdout = new Collector(onStdout ? 0 : maxBytes);
      const stderr = new Collector(maxBytes);
      let exit: { code: number | null; signal?: string } | undefined;
      const deliver = (to: (bytes: Buffer) => void) => (bytes: Buffer) => {
        if (settled) return;
        try {
          to(bytes);
        } catch (error) {
          // The caller's own error, thrown out of an event, would end the process.
          settle(() => reject(error instanceof Error ? error : new Error(String(error))));
          hangUp(opened);
        }
      };
      opened.on(
        "data",
        deliver((bytes) => {
          const own = frame.stdout.take(bytes);
          if (own.length > 0)
            (
              onStdout ??
              ((more: Buffer) => {
                stdout.add(more);
              })
            )(own);
        }),
      );
      opened.stderr.on(
        "data",
        deliver((bytes) => {
          const own = frame.stderr.take(bytes);
          stderr.add(own);
          if (own.length > 0) onStderr?.(own);
        }),
      );
      opened.on("exit", (code: number | null, name?: string) => {
        exit = { code, ...(name ? { signal: name.replace(/^SIG/, "") } : {}) };
      });
      opened.on("close", () => {
        if (!exit) return fail("closed", "The channel ended without an exit code.");
        const greeting = greetingOf(frame.stdout, frame.stderr);
        // A signal may end it before it begins.
        if (!frame.stdout.begun && exit.code !== null)
          return fail(
            "shell",
            `The login shell did not run the command; it answered “${greeting}” and ended with ${exit.code}.`,
          );
        if (!frame.stderr.begun) stderr.add(frame.stderr.before);
        const result = {
          ...exit,
          stdout: stdout.bytes(),
          stderr: stderr.bytes().toString("utf8"),
          truncated: stdout.truncated || stderr.truncated,
          greeting,
        };
        settle(() => resolve(result));
      });
      if (options.stdin instanceof Readable) options.stdin.pipe(opened);
      else opened.end(options.stdin ?? "");
    };
    try {
      client.exec(command, onOpen);
    } catch (error) {
      fail("closed", "The connection is closed.", error); // ssh2 throws "Not connected"
    }
  });
}
