// Works of one step, side by side.

/** As `Promise.all`, but rejects only when all have ended: nothing goes on for a step that is tried again, or undone, behind it. */
export async function together<T extends readonly unknown[] | []>(
  works: T,
): Promise<{ [P in keyof T]: Awaited<T[P]> }> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
