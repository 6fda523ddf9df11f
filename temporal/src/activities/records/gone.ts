// Rows that were deleted while somebody worked for them do not come back: trying again for ever would be noise.
import { isKnownError } from "@homeport/db/known-error";
import { ApplicationFailure } from "@temporalio/common";

type Activities = Record<string, (input: never) => Promise<unknown>>;

/** The same activities; "record not found" (Prisma's P2025) ends them instead of being tried again. */
export function endWhenGone<A extends Activities>(activities: A): A {
  const wrapped = Object.entries(activities).map(([name, work]) => [
    name,
    async (input: never) => {
      try {
        return await work(input);
      } catch (error) {
        if (!isKnownError(error, "P2025")) throw error;
        throw ApplicationFailure.create({
          message: "The records of this run were removed.",
          type: "gone",
          nonRetryable: true,
          cause: error,
        });
      }
    },
  ]);
  return Object.fromEntries(wrapped) as A; // the same names with the same shapes
}
