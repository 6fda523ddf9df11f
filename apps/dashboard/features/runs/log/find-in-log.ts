// Which lines of a log hold what a person types into its search.
import { plainText } from "./ansi";
import type { LogLine } from "./log-line";

/** Indexes into `lines`, ascending; upper and lower case are the same. An empty search finds nothing. */
export function findInLog(lines: readonly LogLine[], text: string): number[] {
  const wanted = text.toLowerCase();
  if (wanted === "") return [];
  return lines.flatMap((line, index) => (plainText(line.text).toLowerCase().includes(wanted) ? [index] : []));
}

/** `text` in parts, each marked when it is what was searched. */
export function highlightMatches(text: string, search: string): { text: string; found: boolean }[] {
  const wanted = search.toLowerCase();
  const lower = text.toLowerCase();
  // Lower case may have another length ("İ"): then nothing is marked rather than the wrong part.
  if (wanted === "" || lower.length !== text.length) return [{ text, found: false }];
  const parts: { text: string; found: boolean }[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), found: false });
    parts.push({ text: text.slice(at, at + wanted.length), found: true });
    from = at + wanted.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), found: false });
  return parts;
}
