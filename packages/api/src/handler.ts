// Serves the router over HTTP, with the limits that a public endpoint needs.
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { withinLimit } from "./body-limit";
import { createContext } from "./context";
import type { Deps } from "./deps";
import { explain, httpOf } from "./explain";
import { appRouter } from "./root";

/** The browser's batch link has to keep to the same number. */
export const MAX_BATCH_SIZE = 20;
/** Milliseconds since the epoch: pages count ages with this clock, not with the browser's. */
const TIME_HEADER = "x-homeport-time";
const ENDPOINT = "/api/trpc";
/** Far above any of our inputs; a private key has at most 20,000 characters. */
const MAX_BODY_BYTES = 1_000_000;
/** What anybody may ask without a session holds a name, an address and a password; whatever it is, it is parsed before anything is known of them. */
const MAX_OPEN_BODY_BYTES = 16_000;

/** Procedures that anybody may ask; each says so itself (trpc.ts). */
const openPaths = new Set(
  // The type names each procedure; all have the meta that their builder gave them.
  Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { meta?: { open?: string } } }>)
    .filter(([, { _def }]) => _def.meta?.open !== undefined)
    .map(([path]) => path),
);

/** `peer`: the other end of the TCP connection, where the server knows it. */
export async function handle(
  req: Request,
  { deps, peer }: { deps: Deps; peer?: string | undefined },
): Promise<Response> {
  const open = new URL(req.url).pathname
    .slice(ENDPOINT.length + 1)
    .split(",")
    .some((path) => openPaths.has(path));
  const whole = await withinLimit(req, open ? MAX_OPEN_BODY_BYTES : MAX_BODY_BYTES);
  if (whole === undefined) return tooLarge(open ? "16 kB" : "1 MB");
  return fetchRequestHandler({
    endpoint: ENDPOINT,
    req: whole,
    router: appRouter,
    maxBatchSize: MAX_BATCH_SIZE,
    responseMeta: ({ errors }) => {
      const waits = errors.flatMap((error) => httpOf(error).retryAfterS ?? []);
      return waits.length === 0 ? {} : { headers: new Headers({ "retry-after": String(Math.max(...waits)) }) };
    },
    createContext: ({ resHeaders }) => {
      // An answer is one person's: no cache may keep it.
      resHeaders.set("cache-control", "private, no-store");
      resHeaders.set(TIME_HEADER, String(deps.clock().getTime()));
      return createContext({ req: whole, resHeaders, peer, deps }).catch((error: unknown) => {
        throw explain(error, (id, cause) => {
          deps.log({ id, path: "context", error: cause });
        });
      });
    },
  });
}

/** In tRPC's shape, as the browser's client reads nothing else; the connection is closed, as the rest of the body was not read. */
function tooLarge(most: string): Response {
  const data = {
    code: "PAYLOAD_TOO_LARGE",
    httpStatus: 413,
    appCode: null,
    fields: null,
    changes: null,
    retryAfterS: null,
  };
  const error = superjson.serialize({
    message: `The request is too large: Homeport takes up to ${most} here.`,
    code: -32_013,
    data,
  });
  return Response.json({ error }, { status: 413, headers: { connection: "close" } });
}
