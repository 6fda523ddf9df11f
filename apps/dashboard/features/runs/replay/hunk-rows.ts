// The lines of a hunk with their numbers on both sides.
export interface DiffRow {
  kind: "same" | "removed" | "added";
  before: number | null;
  after: number | null;
  text: string;
}

/** As `diff` answers it: each line begins with " ", "-" or "+"; "\ No newline at end of file" is a remark, not a line. */
export function hunkRows({
  oldStart,
  newStart,
  lines,
}: {
  oldStart: number;
  newStart: number;
  lines: readonly string[];
}): DiffRow[] {
  let before = oldStart;
  let after = newStart;
  return lines.flatMap((line): DiffRow[] => {
    const text = line.slice(1);
    if (line.startsWith("-")) return [{ kind: "removed", before: before++, after: null, text }];
    if (line.startsWith("+")) return [{ kind: "added", before: null, after: after++, text }];
    return line.startsWith(" ") ? [{ kind: "same", before: before++, after: after++, text }] : [];
  });
}
