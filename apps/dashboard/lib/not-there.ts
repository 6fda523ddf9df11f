// What a page on the server makes of the API's refusal to find something.
import { notFound } from "next/navigation";

/** Null for what is not there or not theirs; a slug that nothing could have is one that nothing has. What else went wrong is thrown. */
export function notThere(error: unknown): null {
  const { code } = error as { code?: unknown }; // whatever was thrown
  if (code === "NOT_FOUND" || code === "BAD_REQUEST" || code === "FORBIDDEN") return null;
  throw error;
}

/**
 * The page of what is not there has the status 404. What else goes wrong is no business of the server: the page asks again in the browser, and
 * says it there.
 */
export async function foundOr404(asked: Promise<unknown>): Promise<void> {
  const code = await asked.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code, // whatever was thrown
  );
  if (code === "NOT_FOUND") notFound();
}
