// ANSI escapes of a log line as styled spans; everything but colours and weight is left out, and nothing becomes markup.
export type AnsiColor = "black" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "white";

export interface AnsiStyle {
  color?: AnsiColor;
  bold?: true;
  dim?: true;
  italic?: true;
  underline?: true;
}
export interface AnsiSpan {
  text: string;
  style: AnsiStyle;
}

/** A line with more changes of style than this keeps the last one to its end. */
export const MAX_SPANS = 200;

const colors: readonly AnsiColor[] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

// CSI with up to 64 parameter bytes; OSC up to its end; two-byte escapes; control characters other than tab. Each alternative begins differently: no backtracking.
const CONTROL =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /\x1b\[([0-?]{0,64})[ -/]{0,8}([@-~]?)|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]{0,8}[0-Z\\-~]?|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g;

/** The line without its escapes: what is searched and copied. */
export function plainText(line: string): string {
  return line.replace(CONTROL, "");
}

/** Spans in order; their texts together are `plainText(line)`. */
export function parseAnsi(line: string): AnsiSpan[] {
  const spans: AnsiSpan[] = [];
  let style: AnsiStyle = {};
  let from = 0;
  const push = (text: string): void => {
    const last = spans.at(-1);
    if (text === "") return;
    if (last && (last.style === style || spans.length >= MAX_SPANS)) last.text += text;
    else spans.push({ text, style });
  };
  for (const match of line.matchAll(CONTROL)) {
    push(line.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === "m") style = restyle(style, match[1] ?? "");
  }
  push(line.slice(from));
  return spans;
}

function restyle(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = { ...style };
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const indexed = codes[index + 1] === 5;
      if (code === 38)
        next = withColor(
          next,
          indexed
            ? colors[(codes[index + 2] ?? 16) % 16 < 8 ? (codes[index + 2] ?? 16) : (codes[index + 2] ?? 16) - 8]
            : undefined,
        );
      index += indexed ? 2 : 4;
    } else if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next = without(next, "bold", "dim");
    else if (code === 23) next = without(next, "italic");
    else if (code === 24) next = without(next, "underline");
    else if (code === 39) next = withColor(next, undefined);
    else if (code >= 30 && code <= 37) next = withColor(next, colors[code - 30]);
    else if (code >= 90 && code <= 97) next = withColor(next, colors[code - 90]);
  }
  return next;
}

const withColor = (style: AnsiStyle, color: AnsiColor | undefined): AnsiStyle =>
  color === undefined ? without(style, "color") : { ...style, color };

function without(style: AnsiStyle, ...keys: (keyof AnsiStyle)[]): AnsiStyle {
  return Object.fromEntries(Object.entries(style).filter(([key]) => !keys.includes(key as keyof AnsiStyle)));
}
