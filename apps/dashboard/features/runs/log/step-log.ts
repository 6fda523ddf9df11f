// The log of one step as lines for the screen, folded from pieces that may come twice, late or split anywhere.
import type { LogPiece } from "@homeport/api";
import { openLine, type LogLine } from "./log-line";

/** More lines than this are not kept in the browser; the download has them all. */
const MAX_LINES = 100_000;

/** A piece that is on the screen, and how many lines of the step came before it. */
interface Folded {
  piece: LogPiece;
  linesBefore: number;
}

export interface StepLog {
  /** Oldest first; the first one is number `dropped` of the step. */
  lines: readonly LogLine[];
  /** Lines that were cut off at the front to keep within `MAX_LINES`. */
  dropped: number;
  attempt: number;
  folded: readonly Folded[];
  /** Where each "attempt/stream" has pieces, ascending: a piece is known by where it starts. */
  offsets: Readonly<Record<string, readonly number[]>>;
  /** Line number of the unfinished line of each "attempt/stream". */
  open: Readonly<Record<string, number>>;
}

export const emptyStepLog: StepLog = { lines: [], dropped: 0, attempt: 1, folded: [], offsets: {}, open: {} };

/** Adds `pieces` (of one step) to `log`; the same object comes back when all of them were known. */
export function addPieces(log: StepLog, pieces: readonly LogPiece[], maxLines = MAX_LINES): StepLog {
  const { fresh, offsets } = newOf(log, pieces);
  const [first] = fresh;
  if (!first) return log;
  const last = log.folded.at(-1);
  if (!last || before(last.piece, first)) return fold({ ...log, offsets }, fresh, maxLines);
  // A late piece: fold again from the first one that is still kept. What was dropped before it stays dropped.
  const [kept] = log.folded;
  const late = fresh.filter((piece) => log.dropped === 0 || !kept || before(kept.piece, piece));
  const all = [...log.folded.map(({ piece }) => piece), ...late].sort((a, b) => (before(a, b) ? -1 : 1));
  const start = log.dropped === 0 ? 0 : (kept?.linesBefore ?? 0);
  return fold(
    { ...emptyStepLog, dropped: start, attempt: log.dropped === 0 ? 1 : (kept?.piece.attempt ?? 1), offsets },
    all,
    maxLines,
  );
}

/** The pieces that are not in the log yet, in the order of their ids, and the offsets with theirs added. */
function newOf(log: StepLog, pieces: readonly LogPiece[]): { fresh: LogPiece[]; offsets: StepLog["offsets"] } {
  const offsets: Record<string, readonly number[]> = { ...log.offsets };
  const own: Record<string, number[]> = {};
  const fresh = pieces.filter((piece) => {
    const key = streamOf(piece);
    const list = (own[key] ??= [...(offsets[key] ?? [])]);
    const at = position(list, piece.byteOffset);
    if (list[at] === piece.byteOffset) return false;
    list.splice(at, 0, piece.byteOffset);
    return true;
  });
  return { fresh: fresh.sort((a, b) => (before(a, b) ? -1 : 1)), offsets: Object.assign(offsets, own) };
}

function fold(log: StepLog, pieces: readonly LogPiece[], maxLines: number): StepLog {
  const lines = [...log.lines];
  const folded = [...log.folded];
  const open = { ...log.open };
  let { attempt } = log;
  for (const piece of pieces) {
    folded.push({ piece, linesBefore: log.dropped + lines.length });
    if (piece.attempt !== attempt) {
      attempt = piece.attempt;
      lines.push({
        ...openLine(piece),
        number: log.dropped + lines.length,
        kind: "attempt",
        text: `Attempt ${attempt}`,
      });
    }
    append(piece, { lines, open, base: log.dropped });
  }
  return cut({ lines, folded, open, attempt, dropped: log.dropped, offsets: log.offsets }, maxLines);
}

/** Longer lines are broken here: one without an end must not freeze the page. */
export const MAX_LINE_CHARS = 8_192;

/** Adds the piece's text: a new line at each "\n"; what follows a "\r" replaces what its line held, as progress does. */
function append(
  piece: LogPiece,
  { lines, open, base }: { lines: LogLine[]; open: Record<string, number>; base: number },
): void {
  const key = streamOf(piece);
  const parts = piece.text.split("\n");
  parts.forEach((part, index) => {
    const ended = index < parts.length - 1;
    if (part === "" && !ended) return;
    const at = open[key];
    const unfinished = at === undefined ? undefined : lines[at - base];
    let text = overwrite(`${unfinished?.text ?? ""}${part}`, ended);
    let line = unfinished ?? { ...openLine(piece), number: base + lines.length };
    const store = (): void => {
      lines[line.number - base] = { ...line, text: text.slice(0, MAX_LINE_CHARS) };
    };
    store();
    while (text.length > MAX_LINE_CHARS) {
      text = text.slice(MAX_LINE_CHARS);
      line = { ...openLine(piece), number: base + lines.length };
      store();
    }
    if (ended) delete open[key];
    else open[key] = line.number;
  });
}

/** A "\r" at the very end may be half of a "\r\n": it stays until what follows is known. */
function overwrite(text: string, ended: boolean): string {
  if (!text.includes("\r")) return text;
  let end = text.length;
  while (text[end - 1] === "\r") end -= 1; // no /\r+$/, which begins anew at each return
  const body = text.slice(0, end);
  const shown = body.slice(body.lastIndexOf("\r") + 1);
  return !ended && text.endsWith("\r") ? `${shown}\r` : shown;
}

function cut(log: StepLog, maxLines: number): StepLog {
  const over = log.lines.length - maxLines;
  if (over <= 0) return log;
  const dropped = log.dropped + over;
  const first = log.folded.findIndex(
    (_, index) => (log.folded[index + 1]?.linesBefore ?? Number.MAX_SAFE_INTEGER) > dropped,
  );
  const open = Object.fromEntries(Object.entries(log.open).filter(([, number]) => number >= dropped));
  return { ...log, lines: log.lines.slice(over), dropped, folded: log.folded.slice(Math.max(first, 0)), open };
}

const streamOf = ({ attempt, stream }: LogPiece): string => `${attempt}/${stream}`;

/** Ids are decimal numbers as text, too large for a JavaScript number. */
const before = (a: LogPiece, b: LogPiece): boolean =>
  a.id.length < b.id.length || (a.id.length === b.id.length && a.id < b.id);

/** Where `value` is in the ascending `list`, or would be. */
function position(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
