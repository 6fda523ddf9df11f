// Creates on one node wait for each other here, before they take a connection: fifty that wait for a row's lock would hold every
// connection of the pool, and whatever else is asked meanwhile is given up as if the database were away.
const ends = new Map<string, Promise<unknown>>();

/** Runs `act` once all that this process was given for the node before it is done, well or not. Across processes the row's lock orders them. */
export async function inQueue<T>(nodeId: string, act: () => Promise<T>): Promise<T> {
  const mine = (ends.get(nodeId) ?? Promise.resolve()).then(act);
  const end = mine.catch(() => undefined); // its caller has the error
  ends.set(nodeId, end);
  try {
    return await mine;
  } finally {
    if (ends.get(nodeId) === end) ends.delete(nodeId);
  }
}
