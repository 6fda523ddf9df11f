// The way from a row to its owner as Prisma's `where` and `select`.

export type Columns = Readonly<Record<string, unknown>>;

/** ["run", "projectId"] and a condition: { run: { projectId: condition } }. */
export function pathWhere([head, ...rest]: readonly string[], condition: unknown): Columns {
  if (head === undefined) return {};
  return { [head]: rest.length === 0 ? condition : pathWhere(rest, condition) };
}

/** What is selected, and the end of the path as well. */
export function withPath(select: Columns, [head, ...rest]: readonly string[]): Columns {
  if (head === undefined) return select;
  if (rest.length === 0) return { ...select, [head]: true };
  return { ...select, [head]: { ...relation(select[head]), select: withPath(columnsOf(select[head]), rest) } };
}

/** The row as it was selected, without what `withPath` added; `end`: the id that the path leads to. */
export function withoutPath(
  row: Columns,
  select: Columns,
  [head, ...rest]: readonly string[],
): { row: Columns; end: string } {
  if (head === undefined) return { row, end: "" };
  const { [head]: value, ...others } = row;
  const asked = select[head] !== undefined && select[head] !== false;
  if (rest.length === 0) return { row: asked ? row : others, end: String(value) };
  const inner = withoutPath(value as Columns, columnsOf(select[head]), rest); // a relation that every row has
  return { row: asked ? { ...others, [head]: inner.row } : others, end: inner.end };
}

const relation = (selected: unknown): object => (typeof selected === "object" && selected !== null ? selected : {});

function columnsOf(selected: unknown): Columns {
  if (selected === undefined || selected === false) return {};
  const { select } = relation(selected) as { select?: Columns };
  if (select === undefined) throw new Error("Name the columns of a relation on the way to its owner.");
  return select;
}
