// A new API token of the person. What it may do is decided now; it is shown this once.
import { newApiToken } from "@homeport/auth";
import { uniqueIndex } from "@homeport/db/known-error";
import type { CreateTokenInput } from "@homeport/domain/account/token-input";
import { withNeeded } from "@homeport/domain/access/token-scope";
import { AppError } from "@homeport/domain/error";
import { inOwnAccount } from "../access/own-account";
import { requireProject } from "../access/projects";
import type { InPersonContext } from "../context";
import { requireRecentFactor } from "../second-factor/require-recent";

const DAY_MS = 86_400_000;
/** Of one person, ended ones included until they are revoked. */
export const MOST_TOKENS = 50;

export interface IssuedToken {
  id: string;
  /** Only here: the row has its hash. */
  token: string;
  expiresAt: Date;
}

export async function createToken(
  ctx: InPersonContext,
  { name, days, permissions, projectIds }: CreateTokenInput,
): Promise<IssuedToken> {
  const { audit, userId, clock } = ctx;
  const chosen = [...new Set(projectIds)];
  for (const projectId of chosen) await requireProject(ctx, { projectId, permission: "project:read" });
  const { token, row } = newApiToken();
  const now = clock();
  const expiresAt = new Date(now.getTime() + days * DAY_MS);
  const given = withNeeded(permissions);
  // A new password ends every token: none comes after it from a browser that it has put out.
  const creation = inOwnAccount(ctx, async (transaction) => {
    // It outlives the session that makes it, and is asked for no code.
    await requireRecentFactor(ctx, transaction);
    if ((await transaction.apiToken.count({ where: { user: { id: userId } } })) >= MOST_TOKENS)
      throw new AppError(
        "token.too_many",
        `You have ${MOST_TOKENS} API tokens, which is the most at once. Revoke those that nobody needs.`,
      );
    const { id } = await transaction.apiToken.create({
      data: {
        ...row,
        userId,
        name,
        permissions: given,
        allProjects: projectIds === null,
        createdAt: now,
        expiresAt,
        projects: { create: chosen.map((projectId) => ({ projectId })) },
      },
      select: { id: true },
    });
    await audit(transaction, {
      action: "token.create",
      target: { type: "token", id, name },
      details: {
        permissions: given.join(" "),
        projects: projectIds === null ? "all" : chosen.length,
        days,
      },
    });
    return { id, token, expiresAt };
  });
  return creation.catch((error: unknown) => {
    if (uniqueIndex(error) !== "ApiToken_userId_name_key") throw error;
    const why = "You have an API token of this name already: choose another name, or revoke that one.";
    throw new AppError("token.name_taken", why, { fields: { name: why }, cause: error });
  });
}
