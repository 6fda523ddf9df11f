// The words and shapes of the schema, safe for browsers: no client, no driver.
export * from "./generated/enums";
export type * from "./generated/browser";
