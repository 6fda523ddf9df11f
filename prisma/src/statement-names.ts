// Names for the statements that come again and again, so that PostgreSQL parses and plans each once per connection.

/** Lists of values of every length are statements of their own: past so many, a connection would only collect them. */
const MOST_NAMES = 500;
const MOST_VALUES = 50;

/** For one client. Answers "" for what stays unnamed; names are never used for another text. */
export function createStatementNames(): (query: { sql: string; args: readonly unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST_NAMES || args.length > MOST_VALUES) return "";
    const name = `homeport_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
