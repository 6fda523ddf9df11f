// Ends a token: the next call by it is refused, and a stream that is open ends at once (streamed.ts).
import { owned } from "../access/owned";
import type { InPersonContext } from "../context";

export async function revokeToken(ctx: InPersonContext, id: string): Promise<{ id: string }> {
  const { row } = await owned(ctx, { noun: "apiToken", id, permission: "account:write" }, { name: true });
  await ctx.db.$transaction(async (transaction) => {
    const { count } = await transaction.apiToken.deleteMany({ where: { id } });
    if (count === 0) return ctx.audit.nothing("it was revoked a moment ago");
    return ctx.audit(transaction, { action: "token.revoke", target: { type: "token", id, name: row.name } });
  });
  return { id };
}
