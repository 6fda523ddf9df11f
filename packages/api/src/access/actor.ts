// Who acts. Only persons do today, some by a program with an API token; the kinds that come later have their place in the type and in every audit line.
import type { Person } from "@homeport/auth";
import type { Identity } from "./identify";

/** `service_account`: a program with rights of its own; `agent`: a program on a device of the lab. */
export type Actor =
  | { kind: "person"; id: string; email: string; tokenName?: string }
  | { kind: "service_account"; id: string; email: null }
  | { kind: "agent"; id: string; email: null };

export function personActor({ id, email }: Pick<Person, "id" | "email">): Extract<Actor, { kind: "person" }> {
  return { kind: "person", id, email };
}

/** Who sends a request, and what the token is called that they send it by, with its beginning, as a name is free again once it is revoked; null: nobody who is known. */
export function actorOf({ signedIn, bearer }: Identity): Actor | null {
  if (bearer !== null)
    return { ...personActor(bearer.person), tokenName: `${bearer.token.name} (${bearer.token.prefix}…)` };
  return signedIn === null ? null : personActor(signedIn.person);
}
