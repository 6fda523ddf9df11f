// Finds what a terminal would obey, in one walk over the text: whatever comes, no character is read more than a few times.

/** "Select graphic rendition": colours and weight (ECMA-48 8.3.117). */
export const SGR = String.raw`\x1b\[[0-9;:]{0,64}m`;
/** CSI in its 7- and 8-bit form. */
const CSI = String.raw`(?:\x1b\[|\x9b)[0-?]{0,64}[ -\/]{0,8}[@-~]`;
/** What opens a string (OSC: titles, links, clipboard; DCS, SOS, PM, APC); where it ends is looked up, not matched: see `closes`. */
const STRING = String.raw`\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f]`;
const SHORT = String.raw`\x1b[ -\/]{1,8}[0-~]|\x1b[0-OQ-WYZ\x60-~]`;
/**
 * C0 but tab, line feed and NUL; DEL; C1; what changes the direction of text (marks, overrides, isolates); what ends a line without being a line
 * feed (U+2028, U+2029).
 */
const CONTROL = String.raw`[\x01-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]`;
/** What a string cannot hold: its terminators, and what gives it up. */
const STOPS = "\x07\x18\x1a\x1b\x9c";
const STOP = new RegExp(`[${STOPS}]`, "g");
/** A longer one is no string: what opened it goes, the rest is text. */
const LONGEST_STRING = 4096;

/** One thing that is not text. */
export interface Sequence {
  at: number;
  length: number;
  colour: boolean;
}

const danger = new RegExp(`(${SGR})|(${STRING})|${CSI}|${SHORT}|${CONTROL}`, "g");
const none: readonly Sequence[] = [];

export function sequencesOf(text: string): readonly Sequence[] {
  danger.lastIndex = 0;
  if (!danger.test(text)) return none;
  const found: Sequence[] = [];
  const ends = closes(text);
  danger.lastIndex = 0;
  for (let match = danger.exec(text); match !== null; match = danger.exec(text)) {
    const { 0: whole, 1: colour, 2: opener, index: at } = match;
    const end = opener === undefined ? at + whole.length : (ends(at + whole.length) ?? at + 1);
    found.push({ at, length: end - at, colour: colour !== undefined });
    danger.lastIndex = end;
  }
  return found;
}

/** Where a string ends whose content begins at `from`; asked in ascending order, so that each stop is looked for once. */
function closes(text: string): (from: number) => number | undefined {
  let stop = -1;
  return (from) => {
    if (stop < from) {
      STOP.lastIndex = from;
      stop = STOP.exec(text)?.index ?? text.length;
    }
    if (stop - from > LONGEST_STRING) return undefined;
    if (text[stop] === "\x07" || text[stop] === "\x9c") return stop + 1;
    return text.startsWith("\x1b\\", stop) ? stop + 2 : undefined;
  };
}

/** CSI and the short ones are at most this long. */
const LONGEST_OTHER = 80;
const unfinishedOther = new RegExp(String.raw`(?:(?:\x1b\[|\x9b)[0-?]{0,64}[ -\/]{0,8}|\x1b[ -\/]{0,8})$`);
const opener = new RegExp(STRING);

/** Where a sequence begins that does not end in `text`; its length when there is none. */
export function unfinishedAt(text: string): number {
  const short = Math.max(0, text.length - LONGEST_OTHER);
  const other = unfinishedOther.exec(text.slice(short));
  const ends = [text.length, ...(other === null ? [] : [short + other.index])];
  // A string goes on as long as nothing stops it; the escape at the very end may be half of its terminator.
  const long = Math.max(0, text.length - LONGEST_STRING - 2);
  const body = text.endsWith("\x1b") ? text.length - 1 : text.length;
  let from = long;
  for (let at = body - 1; at >= long; at -= 1) {
    if (!STOPS.includes(text[at] ?? "")) continue;
    // An escape is a stop, and may open the next one.
    from = text[at] === "\x1b" ? at : at + 1;
    break;
  }
  const string = opener.exec(text.slice(from, body));
  if (string !== null) ends.push(from + string.index);
  return Math.min(...ends);
}
