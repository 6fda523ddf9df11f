// A conversation with one container: many commands, one after the other, through a single `pct exec`.
import { randomBytes } from "node:crypto";
import { PassThrough, type Readable } from "node:stream";
import { GuestAnswerError } from "./guest-answer-error";
import { markedStream, type MarkedStream } from "./marked-stream";
import { channelText } from "./texts";

export interface ChannelRequest {
  stdin?: string | Buffer | undefined;
  /** How much of each stream the answer keeps; default 16 MiB. */
  maxBytes?: number | undefined;
}

export interface ChannelAnswer {
  /** 127: not found; 128 + n: ended by signal n. */
  code: number;
  stdout: Buffer;
  stderr: string;
  /** More than `maxBytes` came, and the rest was dropped. */
  truncated: boolean;
}

/** Begins `argv` inside the container; resolves when it has ended. Rejects as whoever carries it does. */
export type Enter = (
  argv: readonly string[],
  io: {
    stdin: Readable;
    onStdout: (bytes: Buffer) => void;
    onStderr: (bytes: Buffer) => void;
    signal: AbortSignal;
    maxBytes: number;
  },
) => Promise<{ code: number | null; stderr: string }>;

export interface Channel {
  /**
   * Runs `argv` as root inside, in a clean environment, without a shell; any exit code resolves. Requests are carried out in the order in
   * which they were made. Rejects with `ChannelEnded` when the container's end is gone, with `GuestAnswerError` when what came is no
   * answer, with what `abort` was given, or as `enter` rejected.
   */
  request(this: void, argv: readonly string[], options?: ChannelRequest): Promise<ChannelAnswer>;
  /** Lets the container's end go. For one without open requests. */
  close(this: void): void;
  /** Ends it now: open requests reject with `error`, and what they began may go on. */
  abort(this: void, error: Error): void;
  /** Takes requests. */
  readonly isOpen: boolean;
  /** Requests that have no answer yet. */
  readonly waiting: number;
  /** Resolves when what carried it has ended. */
  readonly ended: Promise<void>;
}

/** The process inside ended before it answered: the container stopped or restarted, or somebody ended it there. */
export class ChannelEnded extends Error {
  override readonly name = "ChannelEnded";
  constructor(
    readonly code: number | null,
    /** It had begun to listen: the container could be entered. */
    readonly begun: boolean,
    readonly stderr: string,
  ) {
    super(`The process inside the container ended with ${code ?? "a signal"} before it answered.`);
  }
}

const MAX_BYTES = 16 * 1024 * 1024;
/** Of what is printed before the process inside begins. */
const GREETING_BYTES = 65_536;

/** Of what comes on standard error between answers. */
const STRAY_BYTES = 65_536;

interface Awaited {
  stdout: MarkedStream;
  stderr: MarkedStream;
  settle(this: void, error?: Error): void;
}

export function openChannel(enter: Enter): Channel {
  const stdin = new PassThrough();
  const away = new AbortController();
  const open: Awaited[] = [];
  let over: Error | undefined;
  let begun = false;
  let stray = 0;

  const finish = (error: Error): void => {
    over ??= error;
    for (const { settle } of open.splice(0)) settle(error);
  };
  const abort = (error: Error): void => {
    finish(error);
    away.abort();
  };
  const refuse = (what: string): void => abort(new GuestAnswerError(what));

  const expect = (
    { mark, maxBytes }: { mark: string; maxBytes: number },
    settle: (error: Error | undefined, answer: ChannelAnswer) => void,
  ): void => {
    const stdout = markedStream(mark, { maxBytes, line: mark.startsWith(GREETS) ? /^$/ : EXIT_CODE });
    const stderr = markedStream(mark, { maxBytes, line: /^$/ });
    open.push({
      stdout,
      stderr,
      settle: (error) =>
        settle(error, {
          code: Number(stdout.line?.[1]),
          stdout: stdout.bytes(),
          stderr: stderr.bytes().toString("utf8"),
          truncated: stdout.truncated || stderr.truncated,
        }),
    });
  };

  const feed = (side: "stdout" | "stderr", bytes: Buffer): void => {
    let rest = bytes;
    while (rest.length > 0) {
      const current = open.find((each) => each[side].line === undefined);
      if (current === undefined) {
        // A program that was left running may complain late; whose it is cannot be known.
        stray += rest.length;
        if (side === "stdout" || stray > STRAY_BYTES) refuse(`${stray} bytes that answer nothing`);
        return;
      }
      const after = current[side].feed(rest);
      if (after === "malformed") return refuse("the end of an answer in another form");
      rest = after;
      while (open[0]?.stdout.line !== undefined && open[0].stderr.line !== undefined) open.shift()?.settle();
    }
  };

  const greeting = GREETS + randomBytes(16).toString("hex");
  expect({ mark: greeting, maxBytes: GREETING_BYTES }, (error) => (begun = error === undefined));
  const ended = enter(channelArgv(greeting), {
    stdin,
    onStdout: (bytes) => feed("stdout", bytes),
    onStderr: (bytes) => feed("stderr", bytes),
    signal: away.signal,
    maxBytes: GREETING_BYTES,
  }).then(
    ({ code, stderr }) => finish(new ChannelEnded(code, begun, stderr)),
    (error: unknown) => finish(error instanceof Error ? error : new Error(String(error))),
  );

  return {
    request: (argv, { stdin: input = "", maxBytes = MAX_BYTES } = {}) =>
      new Promise((resolve, reject) => {
        if (over !== undefined) throw over;
        const mark = randomBytes(16).toString("hex");
        const bytes = encode(mark, argv, Buffer.from(input));
        expect({ mark, maxBytes }, (error, answer) => (error === undefined ? resolve(answer) : reject(error)));
        stdin.write(bytes);
      }),
    close() {
      over ??= new ChannelEnded(null, begun, "");
      stdin.end();
    },
    abort,
    get isOpen() {
      return over === undefined;
    },
    get waiting() {
      return open.length;
    },
    ended,
  };
}

const EXIT_CODE = /^ (\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;
const GREETS = "homeport-channel-";

/** What is run inside the container; `greeting` is the line that it prints first on both streams. */
function channelArgv(greeting: string): string[] {
  return ["sh", "-c", channelText, "homeport-channel", greeting];
}

/** The form is told in channel.sh. */
function encode(mark: string, argv: readonly string[], stdin: Buffer): Buffer {
  if (argv.length === 0) throw new RangeError("There is no command.");
  const lines = argv.map((argument) => {
    if (argument.includes("\0")) throw new RangeError("An argument must not contain a NUL character.");
    return `${argument.split("\n").length - 1}\n${argument}\n`;
  });
  return Buffer.concat([Buffer.from(`${mark} ${argv.length} ${stdin.length}\n${lines.join("")}`), stdin]);
}
