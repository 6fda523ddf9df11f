// What is asked and answered through a guest's channel, read off its two directions: for memory guests, the journal, and faults.

import { channelText } from "@homeport/guest";

export interface ChannelRequest {
  mark: string;
  argv: string[];
  stdin: Buffer;
}

/** The line that the process inside prints first; undefined when `argv` opens no channel. */
export function greetingOf(argv: readonly string[]): string | undefined {
  const at = argv.indexOf(channelText);
  return at > 0 && argv[at - 1] === "-c" ? argv[at + 2] : undefined;
}

/** Answers the requests that are whole with these bytes. The form stands in `@homeport/guest`, channel.sh. */
export function createRequestReader(): (bytes: Buffer) => ChannelRequest[] {
  let held = Buffer.alloc(0);
  const next = (): ChannelRequest | undefined => {
    let at = 0;
    const line = (): string | undefined => {
      const end = held.indexOf("\n", at);
      if (end < 0) return undefined;
      const text = held.toString("utf8", at, end);
      at = end + 1;
      return text;
    };
    const [mark = "", count = "0", bytes = "0"] = line()?.split(" ") ?? [];
    const argv: string[] = [];
    while (argv.length < Number(count)) {
      const breaks = line();
      if (breaks === undefined) return undefined;
      const lines = Array.from({ length: Number(breaks) + 1 }, line);
      if (lines.includes(undefined)) return undefined;
      argv.push(lines.join("\n"));
    }
    const end = at + Number(bytes);
    if (mark === "" || held.length < end) return undefined;
    const stdin = Buffer.from(held.subarray(at, end));
    held = held.subarray(end);
    return { mark, argv, stdin };
  };
  return (bytes) => {
    held = Buffer.concat([held, bytes]);
    const whole: ChannelRequest[] = [];
    for (let request = next(); request !== undefined; request = next()) whole.push(request);
    return whole;
  };
}

/** Finds the exit code behind each mark of standard output, in their order. */
export function createAnswerReader(): { expect(mark: string): void; read(bytes: Buffer): number[] } {
  const marks: string[] = [];
  let held = "";
  return {
    expect: (mark) => void marks.push(mark),
    read(bytes) {
      held += bytes.toString("latin1");
      const codes: number[] = [];
      for (let mark = marks[0]; mark !== undefined; mark = marks[0]) {
        const end = new RegExp(`${mark} (\\d+)\\n`).exec(held);
        if (end === null) break;
        codes.push(Number(end[1]));
        held = held.slice(end.index + end[0].length);
        marks.shift();
      }
      held = held.slice(-100);
      return codes;
    },
  };
}
