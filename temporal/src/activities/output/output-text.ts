// A script's output on its way from the guest's bytes to stored text: whole characters, harmless, without secrets, in lines of a bearable length.
import { decode, sourceLength } from "./decode";
import { harmless, plainText, unitsOf, visible, withoutLastReturns } from "./harmless";
import type { Redactor } from "./redactor";
import { unfinishedAt } from "./sequences";

/**
 * How far the guest's output has been stored. The stored text has another length than its source (masks, dropped sequences), so both
 * ends are remembered, in the transaction that stores a piece; what is held back is simply read again after a crash.
 */
export interface OutputPlace {
  /** Bytes of the guest's output that are stored or dropped. */
  guestOffset: number;
  /** Characters of the last stored line; 0 after a line break. */
  column: number;
}

/** Longer lines are split: no screen shows them, and no search in them is quick. */
export const LONGEST_LINE = 16_384;

export interface OutputText {
  /** The byte of the guest's output that comes next. */
  readonly next: number;
  /** Something is held back that no line break has ended yet. */
  readonly holds: boolean;
  feed(bytes: Buffer): void;
  /** `lines`: what is complete · `now`: an unfinished line too, but for what may be half a secret · `end`: nothing more will come. */
  take(how: "lines" | "now" | "end"): { text: string; place: OutputPlace };
}

export function openOutputText(from: OutputPlace, redactor: Redactor): OutputText {
  let { guestOffset, column } = from;
  let held = "";
  let rest: Buffer = Buffer.alloc(0);

  const consume = (length: number): string => {
    const raw = held.slice(0, length);
    guestOffset += sourceLength(raw);
    held = held.slice(length);
    return raw;
  };
  /** `raw` is one line or its beginning; a new text over an old one begins a line of its own when the old one is stored already. */
  const shown = (raw: string): string => {
    const last = lastWritten(raw);
    return (column > 0 && last.over ? "\n" : "") + last.text;
  };
  const wrapped = (text: string): string => {
    const parts: string[] = [];
    for (const [index, line] of redactor.text(text).split("\n").entries()) {
      if (index > 0) {
        parts.push("\n");
        column = 0;
      }
      if (column + line.length <= LONGEST_LINE) {
        parts.push(line);
        column += line.length;
      } else
        for (const unit of unitsOf(line)) {
          if (column >= LONGEST_LINE) {
            parts.push("\n");
            column = 0;
          }
          parts.push(unit);
          column += unit.length;
        }
    }
    return parts.join("");
  };

  return {
    get next() {
      return guestOffset + sourceLength(held) + rest.length;
    },
    get holds() {
      return held !== "";
    },
    feed(bytes) {
      const decoded = decode(rest.length === 0 ? bytes : Buffer.concat([rest, bytes]), false);
      held += decoded.text;
      rest = decoded.rest;
    },
    take(how) {
      if (how === "end" && rest.length > 0) {
        held += decode(rest, true).text;
        rest = Buffer.alloc(0);
      }
      let text = "";
      const lines = held.lastIndexOf("\n") + 1;
      if (lines > 0) {
        const [first = "", ...others] = consume(lines).slice(0, -1).split("\n");
        text += wrapped(`${[shown(first), ...others.map((line) => lastWritten(line).text)].join("\n")}\n`);
      }
      const overwritten = held.slice(0, lastReturn(held));
      if (how === "lines" && overwritten !== "" && overwritten.length < held.length) consume(overwritten.length);
      if (held !== "" && (how !== "lines" || held.length > LONGEST_LINE)) {
        const end = how === "end" ? held.length : safeEnd(held, redactor);
        if (end > 0) text += wrapped(shown(consume(end)));
      }
      return { text, place: { guestOffset, column } };
    },
  };
}

/** What a terminal would show of a line with carriage returns: the last text that was written over the others. */
function lastWritten(raw: string): { text: string; over: boolean } {
  const segments = withoutLastReturns(raw).split("\r");
  const text = harmless(segments.findLast(isSeen) ?? segments.at(-1) ?? "");
  return { text, over: segments.length > 1 };
}

const isSeen = (segment: string): boolean => segment !== "" && plainText(segment).trim() !== "";

/** Where the text begins that stands over all others; before a return that nothing has followed yet, the old text still stands. */
function lastReturn(raw: string): number {
  let end = raw.length;
  for (let at = raw.lastIndexOf("\r"); at >= 0; at = at === 0 ? -1 : raw.lastIndexOf("\r", at - 1)) {
    if (isSeen(raw.slice(at + 1, end))) return at;
    end = at;
  }
  return 0;
}

/** How much of an unfinished line can be shown now: no half sequence, no return whose line feed may follow, no half secret. */
function safeEnd(raw: string, redactor: Redactor): number {
  let end = unfinishedAt(raw);
  end = withoutLastReturns(raw.slice(0, end)).length;
  const { text, at } = visible(raw.slice(0, end));
  const pending = redactor.pending(text);
  return pending === 0 ? end : (at[text.length - pending] ?? 0);
}
