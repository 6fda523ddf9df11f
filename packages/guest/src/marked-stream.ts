// One answer on one of the two streams: everything until a mark that nobody can guess, and the rest of the mark's line.

export interface MarkedStream {
  /** Answers what follows the line; nothing as long as the line has not come. */
  feed(bytes: Buffer): Buffer | "malformed";
  /** The rest of the mark's line, matched. */
  readonly line: RegExpExecArray | undefined;
  /** What came before the mark, as much of it as is kept. */
  bytes(): Buffer;
  readonly truncated: boolean;
}

/** More than any line that is expected. */
const LONGEST_LINE = 8;
const NOTHING = Buffer.alloc(0);

export function markedStream(mark: string, expected: { maxBytes: number; line: RegExp }): MarkedStream {
  const kept: Buffer[] = [];
  let room = expected.maxBytes;
  let truncated = false;
  let held: Buffer = NOTHING;
  let isMarked = false;
  let line: RegExpExecArray | undefined;

  const keep = (bytes: Buffer): void => {
    if (bytes.length > room) truncated = true;
    const part = bytes.subarray(0, room);
    room -= part.length;
    if (part.length > 0) kept.push(part);
  };

  return {
    feed(bytes) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      if (!isMarked) {
        const at = held.indexOf(mark);
        // The mark may be cut in two.
        const certain = at >= 0 ? at : Math.max(0, held.length - mark.length + 1);
        keep(held.subarray(0, certain));
        held = held.subarray(certain);
        if (at < 0) return NOTHING;
        isMarked = true;
        held = held.subarray(mark.length);
      }
      const end = held.indexOf("\n");
      if (end < 0) return held.length > LONGEST_LINE ? "malformed" : NOTHING;
      line = (end <= LONGEST_LINE && expected.line.exec(held.toString("latin1", 0, end))) || undefined;
      const rest = held.subarray(end + 1);
      held = NOTHING;
      return line === undefined ? "malformed" : rest;
    },
    get line() {
      return line;
    },
    bytes: () => Buffer.concat(kept),
    get truncated() {
      return truncated;
    },
  };
}
