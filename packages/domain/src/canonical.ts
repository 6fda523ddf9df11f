// One text for one content, whatever the order of its keys: what is hashed, stored as a hash, and compared.
import { configure } from "safe-stable-stringify";

const stringify = configure({ circularValue: TypeError });

/** JSON with the keys in order at every depth; `undefined` is left out of objects. Throws TypeError for what is circular. */
export function canonical(value: unknown): string {
  return stringify(value) ?? "null";
}
