// The API for pages rendered on the server: `api` reads, `prefetch` fills what the browser's queries begin with.
import "server-only";
import { createCaller, createContext, transformer, type Context } from "@homeport/api";
import { createHydrationHelpers } from "@trpc/react-query/rsc";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import type { AppRouter } from "@homeport/api";
import { OnlyFor } from "./only-for";
import { createQueryClient } from "./query-client";
import { deps, PEER_HEADER } from "./server";

/** Of the request being rendered, made once. */
const requestContext = cache(async (): Promise<Context> => {
  const all = new Headers(await headers());
  // A page is a person's, in a browser: an API token renders none.
  all.delete("authorization");
  return createContext({ req: { headers: all }, peer: all.get(PEER_HEADER) ?? undefined, deps: deps() });
});

const getQueryClient = cache(() => createQueryClient({ serialize: transformer.serialize, retries: 0 }));
const caller = createCaller(requestContext);

/**
 * `await prefetch(() => trpcServer.nodes.list.prefetch())` in a page, `<HydrateClient>` around what it shows, and
 * `trpc.nodes.list.useQuery()` in the client component: the first paint has the data. A failed prefetch is not an
 * error of the page; the browser asks again and shows what is wrong.
 */
const helpers = createHydrationHelpers<AppRouter>(caller, getQueryClient);
export const trpcServer = helpers.trpc;

/** Read for whoever was signed in when the server was asked: a page that belongs to another person takes none of it. */
export async function HydrateClient({ children }: { children: ReactNode }) {
  const { signedIn } = await requestContext();
  return (
    <OnlyFor person={signedIn?.person.id ?? null}>
      <helpers.HydrateClient>{children}</helpers.HydrateClient>
    </OnlyFor>
  );
}

/**
 * Behind the prefetch of what a page is of, `procedure` ("nodes.get"): where that is not there the page has the status 404. What else went wrong the page
 * asks for again in the browser, and says it there.
 */
export function requireFound(procedure: string): void {
  const asked = getQueryClient()
    .getQueryCache()
    .findAll({ queryKey: [procedure.split(".")] });
  if (asked.length === 0) throw new Error(`${procedure} was not prefetched`);
  if (asked.some(({ state: { error } }) => (error as { code?: unknown } | null)?.code === "NOT_FOUND")) notFound();
}

/** Rejects with AppError-coded TRPCErrors; for what a page must know itself, such as whether a thing exists. */
export const api = caller;
