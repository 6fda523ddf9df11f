// Names in a row, as they stand in a sentence.
const and = new Intl.ListFormat("en", { type: "conjunction" });

/** "Werk", "Werk and Lab", "Werk, Lab, and Club". */
export const listOf = (names: readonly string[]): string => and.format(names);
