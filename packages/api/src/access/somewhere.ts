// Whether a request may be looked at at all: by the page's own person, who may do such a thing in at least one place. What is touched decides for itself (owned.ts).
import { AppError } from "@homeport/domain/error";
import { may, ofSetUp, personal, type Permission } from "@homeport/domain/access/permission";
import type { Context } from "../context";
import { setUpInstallation } from "./installation";

export const OTHER_PERSON = "Another person is signed in in this browser now.";

/** Throws `forbidden` when no role of the person grants it. */
export async function requireSomewhere(
  ctx: Pick<Context, "projects" | "organizations" | "db" | "signedIn">,
  permission: Permission,
): Promise<void> {
  if (personal.includes(permission)) return;
  if (ofSetUp.includes(permission)) {
    if (await setUpInstallation(ctx)) return;
    throw new AppError("role.forbids", "Your role does not allow it: it is for who set this Homeport up.");
  }
  if ([...(await ctx.projects()).values()].some(({ role }) => may(role, permission))) return;
  if (![...(await ctx.organizations()).values()].some((role) => may(role, permission)))
    throw new AppError("role.forbids", "Your role does not allow it.");
}
