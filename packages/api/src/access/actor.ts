// Who acts. Only persons do today; the kinds that come later have their place in the type and in every audit line.
import type { Person, SignedIn } from "@homeport/auth";

/** `service_account`: a program with rights of its own; `agent`: a program on a device of the lab. */
export type Actor =
  | { kind: "person"; id: string; email: string }
  | { kind: "service_account"; id: string; email: null }
  | { kind: "agent"; id: string; email: null };

export function personActor({ id, email }: Pick<Person, "id" | "email">): Actor {
  return { kind: "person", id, email };
}

/** Who sends a request; null: nobody who is known. */
export function actorOf(signedIn: SignedIn | null): Actor | null {
  return signedIn === null ? null : personActor(signedIn.person);
}
