// Every procedure, over HTTP; subscriptions as event streams.
import { handle } from "@homeport/api";
import { deps, PEER_HEADER } from "@/lib/server";

export const dynamic = "force-dynamic";

function answer(req: Request): Promise<Response> {
  return handle(req, { deps: deps(), peer: req.headers.get(PEER_HEADER) ?? undefined });
}

export { answer as GET, answer as POST };
