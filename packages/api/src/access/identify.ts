// Who asks: a person by their browser's cookie, or a program by an API token of theirs. Where there is a token of ours, the cookie counts for nothing.
import { apiTokenIn, type Bearer, type Origin, sessionEnded, type SignedIn } from "@homeport/auth";
import { isTokenPermission, tokenPermissionText } from "@homeport/domain/access/token-scope";
import type { Permission } from "@homeport/domain/access/permission";
import { AppError } from "@homeport/domain/error";
import type { MemberContext } from "../context";
import type { Deps } from "../deps";

export interface Identity {
  /** By the session of a browser; null for a program. */
  signedIn: SignedIn | null;
  /** By an API token; null for a browser. */
  bearer: Bearer | null;
  /** A token of ours that counts for nothing. */
  tokenRefused: boolean;
}

export async function identify({
  auth,
  headers,
  origin,
}: Pick<Deps, "auth"> & { headers: Headers; origin: Origin }): Promise<Identity> {
  const token = apiTokenIn(headers.get("authorization"));
  if (token === null)
    return { signedIn: await auth.validate(headers.get("cookie")), bearer: null, tokenRefused: false };
  const bearer = await auth.validateApiToken(token, origin.ip);
  return { signedIn: null, bearer, tokenRefused: bearer === null };
}

export function tokenUnknown(): AppError {
  return new AppError(
    "token.unknown",
    "This API token is not known: it was revoked, has ended, or was not copied whole. Make a new one under Account.",
  );
}

/** Why a call of a program goes no further. */
export function notByToken({ token }: Bearer, permission: Permission): AppError {
  return new AppError(
    "token.forbids",
    isTokenPermission(permission)
      ? `The API token “${token.name}” may not do this: it was not given the right “${tokenPermissionText[permission]}” (${permission}).`
      : "No API token may do this: sign in.",
  );
}

/** Whether the request still comes from who it came from when it began: not signed out, disabled or revoked since. */
export async function isStillIn(ctx: MemberContext): Promise<boolean> {
  const now = await identify(ctx);
  return now.signedIn?.session.id === ctx.signedIn?.session.id && now.bearer?.token.id === ctx.bearer?.token.id;
}

/** What who asked is told when they are not any more. */
export function notInAnyMore({ bearer }: MemberContext): AppError {
  return bearer === null ? sessionEnded() : tokenUnknown();
}
