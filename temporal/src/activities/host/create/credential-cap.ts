// How many credentials of a container are kept: each is hidden in every later log of it, and whoever is root there decides how many there are.
import type { FoundService } from "../../ports";

/** Together well below what can be hidden in a log (output/secret-automaton): else the container's next script would have to stop. */
export const MOST_CREDENTIALS = 200;
export const MOST_CREDENTIAL_BYTES = 16 * 1024;

/** Every service, in its order; one whose credentials do not fit any more is kept without them. `without`: how many those are. */
export function capCredentials(found: readonly FoundService[]): { kept: FoundService[]; without: number } {
  let left = { count: MOST_CREDENTIALS, bytes: MOST_CREDENTIAL_BYTES };
  let without = 0;
  const kept = found.map((service): FoundService => {
    const { credentials, ...rest } = service;
    if (credentials === undefined) return service;
    const count = left.count - Object.keys(credentials).length;
    const bytes = Object.entries(credentials)
      .flat()
      .reduce((rest, text) => rest - Buffer.byteLength(text), left.bytes);
    if (count >= 0 && bytes >= 0) {
      left = { count, bytes };
      return service;
    }
    without += 1;
    return rest;
  });
  return { kept, without };
}
