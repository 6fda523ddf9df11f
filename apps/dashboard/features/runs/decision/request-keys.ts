// One key for each intention of a person: a click sent again, after a lost answer say, is the same click.
import { newRequestKey } from "../request-key";

export interface Keys {
  of(intention: string): string;
  /** After a refusal: what is sent next is something new. */
  renew(intention: string): void;
}

export function createKeys(): Keys {
  const known = new Map<string, string>();
  return {
    of(intention) {
      const key = known.get(intention) ?? newRequestKey();
      known.set(intention, key);
      return key;
    },
    renew(intention) {
      known.delete(intention);
    },
  };
}
