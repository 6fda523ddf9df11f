// What a procedure knows of its request: who asks, from where, and what they may do in which project.
import type { Origin, Person, SignedIn } from "@homeport/auth";
import { AppError } from "@homeport/domain/error";
import { createAudit, type Audit } from "./audit";
import { clientAddress } from "./client-address";
import type { Deps } from "./deps";
import { actorOf } from "./access/actor";
import { identify, tokenUnknown, type Identity } from "./access/identify";
import { readOrganizations, type Organizations } from "./access/organizations";
import { readProjects, type Projects } from "./access/projects";
import type { Holder } from "./access/rights";

export interface Context extends Deps, Identity {
  headers: Headers;
  /** Null outside HTTP, as in a page rendered on the server: nothing can be set there. */
  resHeaders: Headers | null;
  origin: Origin;
  audit: Audit;
  /** The projects that who asks can see, read once per request. */
  projects: () => Promise<Projects>;
  /** The organizations they belong to, read once per request where it is asked. */
  organizations: () => Promise<Organizations>;
}

/** Of somebody who is known: a person, or a program with a token of theirs. */
export interface MemberContext extends Context, Holder {
  person: Person;
}

/** Of a person in their browser. */
export interface InPersonContext extends MemberContext {
  signedIn: SignedIn;
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
  const identity = await identify({ ...deps, headers: req.headers, origin });
  const holder = holderOf(identity);
  let projects: Promise<Projects> | undefined;
  let organizations: Promise<Organizations> | undefined;
  return {
    ...deps,
    headers: req.headers,
    resHeaders,
    origin,
    ...identity,
    audit: createAudit(actorOf(identity), origin),
    projects: () => (projects ??= readProjects(deps.db, holder)),
    organizations: () => (organizations ??= readOrganizations(deps.db, holder)),
  };
}

/** For what is not a procedure; `otherwise`: what a person is told who is not signed in. */
export function requireMember(ctx: Context, otherwise: string): MemberContext {
  if (ctx.tokenRefused) throw tokenUnknown();
  const member = memberContext(ctx);
  if (member === null) throw new AppError("session.none", otherwise);
  return member;
}

/** The same request of somebody who is known; null for others. */
export function memberContext(ctx: Context): MemberContext | null {
  const holder = holderOf(ctx);
  return holder === null ? null : { ...ctx, ...holder };
}

function holderOf({ signedIn, bearer }: Identity): (Holder & { person: Person }) | null {
  const person = signedIn?.person ?? bearer?.person;
  return person === undefined ? null : { person, userId: person.id, scope: bearer?.scope ?? null };
}
