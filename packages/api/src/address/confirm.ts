// Whoever has the link shows that the address is theirs. Of an address that changed, the one before is told.
import type { AddressLink } from "@homeport/auth";
import { personActor } from "../access/actor";
import type { Context } from "../context";
import { postMail } from "../mails/post";

/** It is asked like a mutation, so that the token is in no URL; it changes nothing. `signedIn`: the address of who asks, if anybody. */
export async function showAddressLink(
  { auth, audit, signedIn }: Context,
  token: string,
): Promise<AddressLink & { signedIn: string | null }> {
  const link = await auth.showAddressLink(token);
  audit.nothing("it shows, and changes nothing");
  return { ...link, signedIn: signedIn?.person.email ?? null };
}

export async function confirmAddress(ctx: Context, token: string): Promise<{ email: string }> {
  const { auth, audit, signedIn } = ctx;
  const confirmed = await auth.confirmAddress(
    { token, by: signedIn?.person.id },
    async (transaction, { person, before }) => {
      const changed = before !== person.email;
      if (changed)
        await postMail(ctx, transaction, { to: before, content: { kind: "address_changed", to: person.email } });
      await audit(transaction, {
        action: changed ? "account.change_address" : "account.confirm_address",
        target: { type: "account", id: person.id, name: person.name },
        actor: personActor(person),
        details: changed ? { from: before, to: person.email } : { address: person.email },
      });
    },
  );
  if (!audit.recorded) audit.nothing("the first arrival wrote the line");
  return confirmed;
}
