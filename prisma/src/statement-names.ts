// Names for the statements that come again and again, so that PostgreSQL parses and plans each once per connection.

/** A connection keeps what is named for as long as it lives: a list of every length is a statement of its own, most of which never come again. */
const NAMED_AT_USE = 3;
const MOST_NAMES = 500;
/** How many texts are remembered that were not used often enough yet. */
const MOST_CANDIDATES = 1_000;

/** For one client. Answers "" for what stays unnamed; a name is never used for another text. */
export function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  const uses = new Map<string, number>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST_NAMES) return "";
    const used = (uses.get(sql) ?? 0) + 1;
    if (used < NAMED_AT_USE) {
      if (uses.size >= MOST_CANDIDATES) uses.clear();
      uses.set(sql, used);
      return "";
    }
    uses.delete(sql);
    const name = `homeport_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
