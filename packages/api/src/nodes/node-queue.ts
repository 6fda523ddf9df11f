// Creates on one node, and in one organization, wait for each other here, before they take a connection: fifty that wait for a row's lock would hold
// every connection of the pool, and whatever else is asked meanwhile is given up as if the database were away.
const ends = new Map<string, Promise<unknown>>();

/** In the order of the rows' locks: the organization's, then the node's. */
export function inQueue<T>(
  { organizationId, nodeId }: { organizationId: string; nodeId: string },
  act: () => Promise<T>,
): Promise<T> {
  return behind(`organization ${organizationId}`, () => behind(`node ${nodeId}`, act));
}

/** Runs `act` once all that this process was given for the same before it is done, well or not. Across processes the row's lock orders them. */
async function behind<T>(key: string, act: () => Promise<T>): Promise<T> {
  const mine = (ends.get(key) ?? Promise.resolve()).then(act);
  const end = mine.catch(() => undefined); // its caller has the error
  ends.set(key, end);
  try {
    return await mine;
  } finally {
    if (ends.get(key) === end) ends.delete(key);
  }
}
