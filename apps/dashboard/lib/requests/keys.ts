// One key for each intention of a person: a click sent again, after a lost answer say, is the same click.
import { newRequestKey } from "./new-key";

export interface Keys {
  /** `intention`: what is asked for, whole. A key goes with its content: the server refuses another one under it. */
  of(intention: unknown): string;
  /** After a refusal: what is sent next is something new. */
  renew(intention: unknown): void;
}

export function createKeys(): Keys {
  const known = new Map<string, string>();
  return {
    of(intention) {
      const content = JSON.stringify(intention);
      const key = known.get(content) ?? newRequestKey();
      known.set(content, key);
      return key;
    },
    renew(intention) {
      known.delete(JSON.stringify(intention));
    },
  };
}
