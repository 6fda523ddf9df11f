// What a terminal would obey becomes text or nothing: colours stay, everything else that moves, hides or writes elsewhere goes.
import { loneBytes } from "./decode";

/** "Select graphic rendition", the only sequence that is kept: colours and weight (ECMA-48 8.3.117). */
const SGR = String.raw`\x1b\[[0-9;:]{0,64}m`;
/** CSI in its 7- and 8-bit form; strings (OSC titles, links, clipboard; DCS, SOS, PM, APC) up to their terminator; the short ones. */
const SEQUENCE = [
  String.raw`(?:\x1b\[|\x9b)[0-?]{0,64}[ -\/]{0,8}[@-~]`,
  String.raw`(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x18\x1a\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)`,
  String.raw`\x1b[ -\/]{1,8}[0-~]`,
  String.raw`\x1b[0-OQ-WYZ\x60-~]`,
].join("|");
/** C0 but tab, line feed and NUL; DEL; C1; what reverses the direction of text that follows (bidirectional overrides and isolates). */
const CONTROL = String.raw`[\x01-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]`;

const danger = new RegExp(`(${SGR})|${SEQUENCE}|${CONTROL}`, "g");
const colour = new RegExp(SGR, "g");
const unit = new RegExp(`${SGR}|[\\s\\S]`, "gu");
const unfinished = new RegExp(
  String.raw`(?:(?:\x1b\[|\x9b)[0-?]{0,64}[ -\/]{0,8}|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x18\x1a\x1b\x9c]{0,4096}\x1b?|\x1b[ -\/]{0,8})$`,
);

/** One pass, so that what is left out cannot put a new sequence together. Zero bytes and bytes of no character become U+FFFD. */
export function harmless(text: string): string {
  return text.replace(danger, (_, kept?: string) => kept ?? "").replace(loneBytes, "\uFFFD").replaceAll("\0", "\uFFFD");
}

/** As it is read: without colours. */
export function withoutColours(text: string): string {
  return text.includes("\x1b") ? text.replace(colour, "") : text;
}

/** The colours of a text, without the text. */
export function coloursOf(text: string): string {
  return text.match(colour)?.join("") ?? "";
}

/** Its characters, each with the colour sequences as one, so that a text can be cut between any two. */
export function unitsOf(text: string): string[] {
  return text.match(unit) ?? [];
}

/** Where a sequence begins that does not end in `text`; its length when there is none. */
export function unfinishedAt(text: string): number {
  const from = Math.max(0, text.length - 4_200);
  const found = unfinished.exec(text.slice(from));
  return found === null ? text.length : from + found.index;
}

/** The characters that stay, colours not counted, and where each stands in `raw`. */
export function visible(raw: string): { text: string; at: number[] } {
  let text = "";
  const at: number[] = [];
  const take = (from: number, to: number): void => {
    text += raw.slice(from, to);
    for (let index = from; index < to; index += 1) at.push(index);
  };
  let from = 0;
  for (const { 0: found, index } of raw.matchAll(danger)) {
    take(from, index);
    from = index + found.length;
  }
  take(from, raw.length);
  return { text, at };
}
