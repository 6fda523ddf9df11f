// What a procedure knows of its request: who asks, from where, and what they may do in which project.
import type { Origin, SignedIn } from "@homeport/auth";
import { createAudit, type Audit } from "./audit";
import { clientAddress } from "./client-address";
import type { Deps } from "./deps";
import { actorOf } from "./access/actor";
import { readOrganizations, type Organizations } from "./access/organizations";
import { readProjects, type Projects } from "./access/projects";

export interface Context extends Deps {
  headers: Headers;
  /** Null outside HTTP, as in a page rendered on the server: nothing can be set there. */
  resHeaders: Headers | null;
  origin: Origin;
  signedIn: SignedIn | null;
  audit: Audit;
  /** The projects this person can see, read once per request. */
  projects: () => Promise<Projects>;
  /** The organizations they belong to, read once per request where it is asked. */
  organizations: () => Promise<Organizations>;
}

/** Of somebody who is signed in. */
export interface MemberContext extends Context {
  signedIn: SignedIn;
  userId: string;
}

export interface ContextOptions {
  req: { headers: Headers };
  resHeaders?: Headers | null;
  /** The other end of the TCP connection, where the server knows it. */
  peer?: string | undefined;
  deps: Deps;
}

export async function createContext({ req, resHeaders = null, peer, deps }: ContextOptions): Promise<Context> {
  const ip = clientAddress(peer, req.headers.get("x-forwarded-for"), deps.config.trustedProxies);
  const origin = { ip, userAgent: (req.headers.get("user-agent") ?? "").slice(0, 300) };
  const signedIn = await deps.auth.validate(req.headers.get("cookie"));
  let projects: Promise<Projects> | undefined;
  let organizations: Promise<Organizations> | undefined;
  return {
    ...deps,
    headers: req.headers,
    resHeaders,
    origin,
    signedIn,
    audit: createAudit(actorOf(signedIn), origin),
    projects: () => (projects ??= readProjects(deps.db, signedIn?.person.id)),
    organizations: () => (organizations ??= readOrganizations(deps.db, signedIn?.person.id)),
  };
}

/** The same request of somebody who is signed in, for what is not a procedure; null for others. */
export function memberContext(ctx: Context): MemberContext | null {
  return ctx.signedIn === null ? null : { ...ctx, signedIn: ctx.signedIn, userId: ctx.signedIn.person.id };
}
