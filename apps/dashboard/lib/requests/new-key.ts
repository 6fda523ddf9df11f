// A key that names one intention of the person, so that a click sent twice counts once.
import { v4 } from "uuid";

/** A random UUID, also where `crypto.randomUUID` is missing: on pages that came over plain HTTP from another machine. */
export function newRequestKey(): string {
  return v4();
}
