// Whether a request may be looked at at all: by the page's own person, who may do such a thing in at least one place. What is touched decides for itself (owned.ts).
import { AppError } from "@homeport/domain/error";
import { ofSetUp, personal, type Permission } from "@homeport/domain/access/permission";
import type { Context } from "../context";
import { notByToken } from "./identify";
import { setUpInstallation } from "./installation";
import { allows } from "./rights";

/** Who belongs nowhere is told so by what was asked: the list is empty, or there is no such project. */
const anywhere: readonly Permission[] = ["project:read", "organization:read"];

export const OTHER_PERSON = "Another person is signed in in this browser now.";

/** Throws `forbidden` when no role of the person grants it, or their token was not given it. */
export async function requireSomewhere(
  ctx: Pick<Context, "projects" | "organizations" | "db" | "signedIn" | "bearer">,
  permission: Permission,
): Promise<void> {
  if (ctx.bearer !== null && !ctx.bearer.scope.permissions.includes(permission))
    throw notByToken(ctx.bearer, permission);
  if (personal.includes(permission) || anywhere.includes(permission)) return;
  if (ofSetUp.includes(permission)) {
    if (await setUpInstallation(ctx)) return;
    throw new AppError("role.forbids", "Your role does not allow it: it is for who set this Homeport up.");
  }
  if ([...(await ctx.projects()).values()].some((one) => allows(one, permission))) return;
  if (![...(await ctx.organizations()).values()].some((one) => allows(one, permission)))
    throw new AppError("role.forbids", "Your role does not allow it.");
}
