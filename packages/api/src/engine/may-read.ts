// `engine:read`: who may see the engine's own screens. They show the runs of everybody, so no role in an organization gives it.
import { setUpInstallation } from "../access/installation";
import type { MemberContext } from "../context";

/** Those whom the settings name, else whoever set this installation up: the first who signed up. */
export async function mayReadEngine(ctx: MemberContext): Promise<boolean> {
  const { config, signedIn } = ctx;
  const { engineReaders = [] } = config;
  // A program sees it by no token.
  if (signedIn === null) return false;
  if (engineReaders.length > 0)
    return engineReaders.some((email) => email.toLowerCase() === signedIn.person.email.toLowerCase());
  return setUpInstallation(ctx);
}

/** Where the Temporal UI is, for somebody who may see it; null: no link for them. */
export async function engineUrlFor(ctx: MemberContext): Promise<string | null> {
  const { temporalUiUrl, temporalUiGuarded = false } = ctx.config;
  if (temporalUiUrl === undefined || (temporalUiGuarded && !(await mayReadEngine(ctx)))) return null;
  return temporalUiUrl.replace(/\/$/, "");
}
