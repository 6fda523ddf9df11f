// Before every page: who is not signed in goes to sign-in and comes back; a lost database is said with 503; scripts only with this answer's nonce.
import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { databaseDownPage } from "./lib/database-down";
import { deps } from "./lib/server";

export const config = { matcher: ["/((?!api/|engine(?:/|$)|_next/|icon\\.svg|favicon\\.ico).*)"] };

const OPEN = ["/sign-in", "/sign-up", "/invitation", "/forgot-password", "/reset-password", "/confirm-address"];

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from here.
  headers.set("content-security-policy", policy);
  const answer = await decide(request, headers, nonce);
  answer.headers.set("content-security-policy", policy);
  return answer;
}

async function decide(request: NextRequest, headers: Headers, nonce: string): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  let signedIn: boolean;
  try {
    signedIn = (await deps().auth.validate(request.headers.get("cookie"))) !== null;
    // Without a cookie nothing was asked of the database; the sign-in page must not promise what it cannot do.
    if (!signedIn) await deps().db.$queryRaw`SELECT 1`;
  } catch {
    return new NextResponse(databaseDownPage(nonce), {
      status: 503,
      headers: { "content-type": "text/html; charset=utf-8", "retry-after": "5", "cache-control": "no-store" },
    });
  }
  if (signedIn || OPEN.includes(pathname)) return NextResponse.next({ request: { headers } });
  const signIn = request.nextUrl.clone();
  signIn.pathname = "/sign-in";
  signIn.search = "";
  if (pathname !== "/") signIn.searchParams.set("next", pathname + search);
  return NextResponse.redirect(signIn);
}

/** Styles may be inline: Radix and the toasts place themselves with style attributes. `next dev` needs eval. */
function contentSecurityPolicy(nonce: string): string {
  const evaluation = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
