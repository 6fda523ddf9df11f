// A pattern with one pair of braces: {01..10} counts, {a,b,c} lists, {n} counts from 1 as far as is asked.

/** How many a batch may hold. */
export const BATCH_MAX = 200;

export interface Pattern {
  before: string;
  after: string;
  /** Null: a plain text, which stands for itself. */
  group:
    | { kind: "range"; from: number; to: number; width: number }
    | { kind: "list"; words: string[] }
    | { kind: "count" }
    | null;
}

/** The pattern, or in words why it is none. */
export function readPattern(text: string): Pattern | string {
  const match = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(text);
  if (!match)
    return /[{}]/.test(text) ? "One pair of braces, such as {01..10}." : { before: text, after: "", group: null };
  const [, before = "", inner = "", after = ""] = match;
  if (inner === "n") return { before, after, group: { kind: "count" } };
  const range = /^(\d{1,9})\.\.(\d{1,9})$/.exec(inner);
  if (range) {
    const [, first = "", last = ""] = range;
    const [from, to] = [Number(first), Number(last)];
    if (to < from) return `{${inner}} counts down. Write {${last}..${first}}.`;
    // As shells do: a leading zero asks for numbers of one width.
    const padded = [first, last].some((digits) => digits.length > 1 && digits.startsWith("0"));
    return {
      before,
      after,
      group: { kind: "range", from, to, width: padded ? Math.max(first.length, last.length) : 0 },
    };
  }
  const words = inner.split(",").map((word) => word.trim());
  if (words.length < 2 || words.includes("")) return `In the braces: {01..10}, {n}, or a list such as {db,web,cache}.`;
  return { before, after, group: { kind: "list", words } };
}

/** Every text of the pattern, in order; `count` is only read for {n}. In words when they are too many. */
export function spellOut({ before, after, group }: Pattern, count: number): string[] | string {
  const parts = groupTexts(group, count);
  if (parts === undefined || parts.length > BATCH_MAX)
    return `At most ${BATCH_MAX} at once; the pattern makes ${parts?.length ?? (group?.kind === "range" ? group.to - group.from + 1 : count)}.`;
  return parts.map((part) => `${before}${part}${after}`);
}

/** What stands for the braces, in order; undefined when the numbers are too many. */
function groupTexts(group: Pattern["group"], count: number): string[] | undefined {
  if (group === null) return [""];
  if (group.kind === "list") return group.words;
  const { from, to, width } = group.kind === "range" ? group : { from: 1, to: count, width: 0 };
  const length = to - from + 1;
  return length > BATCH_MAX
    ? undefined
    : Array.from({ length }, (_, index) => String(from + index).padStart(width, "0"));
}
