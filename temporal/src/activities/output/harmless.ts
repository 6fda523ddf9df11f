// What a terminal would obey becomes text or nothing: colours stay, everything else that moves, hides or writes elsewhere goes.
import { loneBytes } from "./decode";
import { sequencesOf, SGR } from "./sequences";

const colour = new RegExp(SGR, "g");
const replaced = new RegExp(`${loneBytes.source}|\\0`, "u");
const unit = new RegExp(`${SGR}|[\\s\\S]`, "gu");

/** One pass, so that what is left out cannot put a new sequence together. Zero bytes and bytes of no character become U+FFFD. */
export function harmless(text: string): string {
  let from = 0;
  let kept = "";
  for (const { at, length, colour } of sequencesOf(text)) {
    kept += text.slice(from, colour ? at + length : at);
    from = at + length;
  }
  const rest = from === 0 ? text : kept + text.slice(from);
  return replaced.test(rest) ? rest.replace(loneBytes, "\uFFFD").replaceAll("\0", "\uFFFD") : rest;
}

/** As it is read: without colours. */
export function withoutColours(text: string): string {
  return text.includes("\x1b") ? text.replace(colour, "") : text;
}

/** What stands in reports, sentences and names: neither colours nor anything else that is not seen. */
export function plainText(text: string): string {
  return withoutColours(harmless(text));
}

/** Every text in `value` as `plainText`, at any depth: what a node answered, on its way to rows and screens. Keys are ours, or Proxmox's options. */
export function plainTexts<Value>(value: Value): Value {
  return mapTexts(value, (text) => plainText(text), plainText);
}

/** The same with each text in it changed, at any depth; `key`: under which it stands, "" in a list. Dates stay. */
export function mapTexts<Value>(
  value: Value,
  change: (text: string, key: string) => string,
  changeKey: (key: string) => string = (key) => key,
): Value {
  const map = (one: unknown, under: string): unknown => {
    if (typeof one === "string") return change(one, under);
    if (Array.isArray(one)) return one.map((each: unknown) => map(each, ""));
    if (one === null || typeof one !== "object" || one instanceof Date) return one;
    return Object.fromEntries(Object.entries(one).map(([key, each]) => [changeKey(key), map(each, key)]));
  };
  return map(value, "") as Value; // texts stay texts, lists as long as they were, and keys the same
}

/** The colours of a text, without the text. */
export function coloursOf(text: string): string {
  return text.match(colour)?.join("") ?? "";
}

/** Its characters, each with the colour sequences as one, so that a text can be cut between any two. */
export function unitsOf(text: string): string[] {
  return text.match(unit) ?? [];
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
  for (const sequence of sequencesOf(raw)) {
    take(from, sequence.at);
    from = sequence.at + sequence.length;
  }
  take(from, raw.length);
  return { text, at };
}

/** `text` without the carriage returns at its end; a loop, as `/\r+$/` begins anew at each return. */
export function withoutLastReturns(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "\r") end -= 1;
  return text.slice(0, end);
}
