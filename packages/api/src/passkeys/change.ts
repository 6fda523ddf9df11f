// A passkey of one's own gets another name, or goes.
import { uniqueIndex } from "@homeport/db/known-error";
import { inOwnAccount } from "../access/own-account";
import { owned } from "../access/owned";
import type { InPersonContext } from "../context";
import { afterRemoval } from "../second-factor/end";
import { postNews } from "../second-factor/post-news";
import { requireRecentFactor } from "../second-factor/require-recent";
import { nameTaken } from "./refused";

export async function renamePasskey(
  ctx: InPersonContext,
  { id, name }: { id: string; name: string },
): Promise<{ id: string }> {
  const { row } = await owned(ctx, { noun: "passkey", id, permission: "account:write" }, { name: true });
  const renaming = inOwnAccount(ctx, async (transaction) => {
    const { count } = await transaction.passkey.updateMany({ where: { id, name: { not: name } }, data: { name } });
    if (count === 0) return ctx.audit.nothing("it is called so already, or was removed a moment ago");
    return ctx.audit(transaction, {
      action: "account.rename_passkey",
      target: { type: "account", id: ctx.userId, name: ctx.person.name },
      details: { passkey: name, before: row.name },
    });
  });
  await renaming.catch((error: unknown) => {
    throw uniqueIndex(error) === "Passkey_userId_name_key" ? nameTaken(error) : error;
  });
  return { id };
}

/** Nobody signs in with it from now on, and the sessions that it began end, but for the one in which it is removed. */
export async function removePasskey(ctx: InPersonContext, id: string): Promise<{ id: string }> {
  const { userId, person } = ctx;
  const { row } = await owned(ctx, { noun: "passkey", id, permission: "account:write" }, { name: true });
  await inOwnAccount(ctx, async (transaction) => {
    await requireRecentFactor(ctx, transaction);
    const endedSessions = await ctx.auth.endBegunBy(transaction, id, ctx.signedIn.session.id);
    const { count } = await transaction.passkey.deleteMany({ where: { id } });
    if (count === 0) return ctx.audit.nothing("it was removed a moment ago");
    await afterRemoval(ctx, transaction);
    await postNews(ctx, transaction, { person, kind: "passkey_removed" });
    return ctx.audit(transaction, {
      action: "account.remove_passkey",
      target: { type: "account", id: userId, name: person.name },
      details: { passkey: row.name, endedSessions },
    });
  });
  return { id };
}
