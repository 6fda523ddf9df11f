// How values travel: superjson, which looks into every value for what JSON has no word for. Of long lists their maker knows where that is.
import superjson from "superjson";

/** The fields of each row that are dates or null; everything else in it is JSON. */
const known = new WeakMap<object, readonly string[]>();

/** Answers `rows`; each of their `dates` is a date or null, and nothing else in them is more than JSON. */
export function withDates<T extends object, K extends keyof T & string>(
  rows: (T & Record<K, Date | null>)[],
  dates: readonly K[],
): T[] {
  known.set(rows, dates);
  return rows;
}

type Serialized = ReturnType<typeof superjson.serialize>;

export const transformer = {
  serialize: (value: unknown): Serialized => {
    const dates = typeof value === "object" && value !== null ? known.get(value) : undefined;
    if (dates === undefined) return superjson.serialize(value);
    const rows = value as Record<string, unknown>[]; // `withDates` took nothing else
    const values: Record<string, ["Date"]> = {};
    rows.forEach((row, at) => {
      for (const field of dates) if (row[field] !== null) values[`${at}.${field}`] = ["Date"];
    });
    // JSON itself writes a date as superjson does.
    return {
      json: rows as Serialized["json"],
      ...(Object.keys(values).length === 0 ? {} : { meta: { values, v: 1 } }),
    };
  },
  deserialize: superjson.deserialize,
};
