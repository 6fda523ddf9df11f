// Temporal's own UI, for those who may see the engine: read through here, changed nowhere. Decisions about runs are made on their pages.
import { createContext, mayReadEngine, memberContext } from "@homeport/api";
import { env } from "@/env";
import { barePage } from "@/lib/bare-page";
import { engineRequest, passedBack } from "@/lib/engine-ui";
import { deps, PEER_HEADER } from "@/lib/server";

export const dynamic = "force-dynamic";

const ANSWERS_WITHIN_MS = 30_000;

async function serve(req: Request): Promise<Response> {
  const { pathname, search } = new URL(req.url);
  const member = memberContext(
    await createContext({ req, peer: req.headers.get(PEER_HEADER) ?? undefined, deps: deps() }),
  );
  if (member === null) {
    const signIn = `/sign-in?next=${encodeURIComponent(pathname + search)}`;
    return req.headers.get("sec-fetch-dest") === "document"
      ? new Response(null, { status: 307, headers: { location: signIn } })
      : refuse(req, 401, "Sign in to see the engine.");
  }
  if (!(await mayReadEngine(member)))
    return refuse(
      req,
      403,
      "The engine's own screens show the runs of everybody: ask whoever runs this Homeport for the right to see them (HOMEPORT_ENGINE_READERS).",
    );
  const upstream = env().TEMPORAL_UI_UPSTREAM;
  if (upstream === undefined) return refuse(req, 404, "No Temporal UI is started with this Homeport.");
  const asked = await engineRequest(req);
  if (typeof asked === "string") return refuse(req, 403, asked);
  try {
    return passedBack(
      await fetch(upstream + pathname + search, {
        ...asked,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      }),
      upstream,
    );
  } catch {
    return refuse(req, 502, "Temporal's UI does not answer. It is back when Temporal is.");
  }
}

export { serve as GET, serve as HEAD, serve as POST, serve as PUT, serve as PATCH, serve as DELETE };

/** A page for a person; for Temporal's own script what it reads of Temporal's API. */
function refuse(req: Request, status: number, message: string): Response {
  if (req.headers.get("sec-fetch-dest") === "document")
    return barePage(status, { title: "The engine cannot be shown", message });
  return Response.json({ message }, { status, headers: { "cache-control": "no-store" } });
}
