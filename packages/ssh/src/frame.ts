// Tells a command's own output from what the login shell prints before it: a greeting in ~/.bashrc, an error of stty, set -x.
import { randomBytes } from "node:crypto";

/** More than this before the command begins is no greeting. */
const LONGEST_GREETING = 65_536;

export interface Frame {
  /** The command line to send for `command`, which is quoted already. */
  line(command: string): string;
  stdout: FramedStream;
  stderr: FramedStream;
}

export interface FramedStream {
  /** The command's own part of these bytes; empty while it has not begun. */
  take(bytes: Buffer): Buffer;
  /** The command's own output has begun. */
  readonly begun: boolean;
  /** What was printed before it. */
  readonly before: Buffer;
}

/**
 * Both streams begin with a line that nobody can guess. The command then replaces the shell (`exec`), so that nothing is printed after it, and a
 * signal reaches it. The two backslashes stay two in a POSIX shell alone: fish makes them one, and is noticed by it.
 */
export function createFrame(): Frame {
  const mark = `homeport-${randomBytes(16).toString("hex")}\\\\`;
  const begin = `printf '%s\\n' '${mark}'`;
  return {
    line: (command) => `set +x 2>/dev/null; ${begin}; ${begin} >&2; exec ${command}`,
    stdout: framed(Buffer.from(`${mark}\n`)),
    stderr: framed(Buffer.from(`${mark}\n`)),
  };
}

function framed(mark: Buffer): FramedStream {
  let before: Buffer = Buffer.alloc(0);
  let begun = false;
  return {
    take(bytes) {
      if (begun) return bytes;
      const all = Buffer.concat([before, bytes]);
      const at = all.indexOf(mark);
      begun = at >= 0;
      // Of an endless greeting the end is kept: the mark may come yet, and is found when it is cut in two.
      before = begun ? all.subarray(0, at) : all.subarray(Math.max(0, all.length - LONGEST_GREETING));
      return begun ? all.subarray(at + mark.length) : Buffer.alloc(0);
    },
    get begun() {
      return begun;
    },
    get before() {
      return before;
    },
  };
}

/** One line of what a shell printed, for a sentence. */
export function greetingOf(...streams: readonly FramedStream[]): string {
  const text = streams.map(({ before }) => before.toString("utf8")).join("\n");
  return text.slice(0, 1_000).replace(/\s+/g, " ").trim().slice(0, 200);
}
