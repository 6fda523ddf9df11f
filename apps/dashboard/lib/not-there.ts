// What a page on the server makes of the API's refusal to find something.

/** Null for what is not there or not theirs; a slug that nothing could have is one that nothing has. What else went wrong is thrown. */
export function notThere(error: unknown): null {
  const { code } = error as { code?: unknown }; // whatever was thrown
  if (code === "NOT_FOUND" || code === "BAD_REQUEST" || code === "FORBIDDEN") return null;
  throw error;
}
